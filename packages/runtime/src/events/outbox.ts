import type { Model } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { newId } from "../execution/identifier.ts";
import type { OutboxStatements } from "../execution/seams.ts";

/** The rows that make events of a transaction known: each event once, and a delivery for each that waits for it. */
export function createOutbox(model: Model): OutboxStatements {
  const waiting = waitingFor(model);
  return (events, { caller, now }) => {
    if (events.length === 0) return [];
    const rows = events.map(({ event, payload }) => ({ id: newId("evt", now.getTime()), event, payload: JSON.stringify(payload) }));
    const deliveries = rows.flatMap(({ id, event }) => (waiting.get(event) ?? []).map((reaction) => ({ id, reaction })));
    return [
      {
        text: "insert into archwright.outbox (id, event, payload, caller, occurred_at) select *, $4, $5 from unnest($1::text[], $2::text[], $3::jsonb[])",
        values: [rows.map(({ id }) => id), rows.map(({ event }) => event), rows.map(({ payload }) => payload), caller.id, now],
      },
      ...(deliveries.length === 0 ? [] : [waitingDeliveries(deliveries)]),
    ];
  };
}

/** The ids of the reactions and messages that wait for each event. */
function waitingFor({ reactions, messages }: Model): ReadonlyMap<string, readonly string[]> {
  const waiting = new Map<string, string[]>();
  for (const { event, id } of [...reactions, ...messages]) waiting.set(event, [...(waiting.get(event) ?? []), id]);
  return waiting;
}

// Nothing is notified: PostgreSQL lets transactions that notify commit one at a time. Whoever committed calls his own relay, and every
// relay looks by itself once a second.
function waitingDeliveries(deliveries: readonly { readonly id: string; readonly reaction: string }[]): Statement {
  return {
    text: "insert into archwright.delivery (outbox_id, reaction) select * from unnest($1::text[], $2::text[])",
    values: [deliveries.map(({ id }) => id), deliveries.map(({ reaction }) => reaction)],
  };
}
