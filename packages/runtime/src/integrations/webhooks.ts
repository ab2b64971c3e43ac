import { recordFromJson, recordToJson, type Event, type Integration, type JsonValue } from "@archwright/model";
import type { Pool } from "../database/pool.ts";
import { systemCaller, type OutboxStatements } from "../execution/seams.ts";
import type { Check } from "../http/checks.ts";
import { problem } from "../http/problems.ts";
import { isUnstorable, unstorableIn } from "../http/unstorable.ts";
import type { Adapter, IncomingHeaders, VerifiedWebhook } from "./adapter.ts";

export interface Received {
  readonly status: number;
  readonly body?: JsonValue;
}

export interface Inbox {
  readonly integration: Integration;
  readonly adapter: Adapter;
  readonly secrets: readonly string[];
  /** What the model declares that the third party sends, by the third party's name of it, each with its check. */
  readonly events: ReadonlyMap<string, { readonly event: Event; readonly check: Check }>;
  readonly pool: Pick<Pool, "transaction">;
  readonly outbox: OutboxStatements;
  readonly now: () => Date;
}

/**
 * Takes one delivery of a third party: believed only when it is verified over its very bytes, written only when it is what the model declares,
 * and with one effect however often it comes.
 *
 * @throws ProblemError when it is refused; nothing is written then.
 */
export async function receiveWebhook(inbox: Inbox, rawBody: Buffer, headers: IncomingHeaders): Promise<Received> {
  const { integration, adapter, secrets, events, now } = inbox;
  if (secrets.length === 0)
    throw problem("unavailable", { detail: `Events of ${integration.name} cannot be verified here: no secret is set.` });
  const webhook = adapter.verify({ rawBody, headers, secrets, nowMs: now().getTime() }, integration);
  if (webhook.kind === "refused") throw problem(webhook.code, { detail: webhook.detail });
  if (webhook.externalId === "" || webhook.externalId.length > externalIdMax)
    throw problem("invalid-input", { detail: `The event's id has 1 to ${externalIdMax} characters.` });
  if (isUnstorable(webhook.externalId)) throw problem("invalid-input", { detail: unstorableIn("the event's id") });
  const declared = events.get(webhook.type);
  // Third parties send what nobody asked for, and stop sending at all when that is refused too often.
  if (!declared) return { status: 200, body: { outcome: "ignored" } };
  const payload = payloadOf(webhook, declared, rawBody.length);
  return { status: 200, body: { outcome: await keep(inbox, webhook.externalId, declared.event.id, payload) } };
}

const externalIdMax = 255;

function payloadOf(webhook: VerifiedWebhook, { event, check }: { event: Event; check: Check }, bytes: number): JsonValue {
  const payload = webhook.payload(event.fields);
  if (isUnstorable(payload)) throw problem("invalid-input", { detail: unstorableIn("the event") });
  const fields = check(payload, bytes);
  if (fields.length > 0)
    throw problem("invalid-input", { detail: `${event.id} ${webhook.externalId} is not what the model declares.`, fields });
  return recordToJson(event.fields, recordFromJson(event.fields, payload));
}

/** The id's row is what makes a repetition known: a delivery at the same time waits at it until this one has committed. */
function keep(
  { integration, pool, outbox, now }: Inbox,
  externalId: string,
  event: string,
  payload: JsonValue,
): Promise<"accepted" | "duplicate"> {
  return pool.transaction(async (transaction) => {
    const [inserted] = await transaction.run([
      {
        text: "insert into archwright.inbox (integration, external_id) values ($1, $2) on conflict do nothing",
        values: [integration.name, externalId],
      },
    ]);
    if (inserted?.rowCount !== 1) return "duplicate";
    await transaction.commit(outbox([{ event, payload }], { caller: systemCaller, now: now() }));
    return "accepted";
  });
}
