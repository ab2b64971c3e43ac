import { evaluate, recordFromJson, type Lookup, type Model } from "@archwright/model";
import { backoffMs } from "@archwright/resilience";
import type { Pool } from "../database/pool.ts";
import { systemCaller, type CallContext, type Executor } from "../execution/seams.ts";
import { queueMessage } from "../messages/message-queue.ts";
import type { Log } from "../observability/log.ts";
import { claimDeliveries, markDelivered, markFailed, type Delivery } from "./delivery.ts";

export interface RelayOptions {
  readonly model: Model;
  readonly lookup: Lookup;
  readonly pool: Pool;
  readonly executor: Pick<Executor, "runAsSystem">;
  readonly log: Log;
  readonly now: () => Date;
  readonly random: () => number;
}

/** How many deliveries are under way at once, how long one may take, and after how many attempts it is given up for a person to look at. */
const batch = { size: 10, leaseMs: 60_000, attemptsMax: 12 } as const;

/** Brings events to their reactions: each at least once, and its effect exactly once. Answers how many it took. */
export async function relayOnce(options: RelayOptions): Promise<number> {
  const deliveries = await claimDeliveries(options.pool, batch.size, batch.leaseMs);
  await Promise.all(deliveries.map((delivery) => deliver(delivery, options)));
  return deliveries.length;
}

async function deliver(delivery: Delivery, options: RelayOptions): Promise<void> {
  try {
    await react(delivery, options);
    options.log.info(
      { event: delivery.event, reaction: delivery.reaction, eventId: delivery.eventId, attempt: delivery.attempts },
      "reacted",
    );
  } catch (error) {
    await putBack(delivery, error, options);
  }
}

async function react(delivery: Delivery, { model, lookup, pool, executor, log, now }: RelayOptions): Promise<void> {
  const { fields } = lookup.event(delivery.event);
  const event = recordFromJson(fields, delivery.payload);
  const message = model.messages.find(({ id }) => id === delivery.reaction);
  if (message) return queueMessage(message, fields, event, delivery, pool, now());
  const reaction = model.reactions.find(({ id }) => id === delivery.reaction);
  if (!reaction) throw new Error(`The model has no reaction "${delivery.reaction}" any more.`);
  const { input: wanted } = lookup.operation(reaction.command);
  const mapped = reaction.input;
  const input = mapped
    ? Object.fromEntries(Object.entries(mapped).map(([field, value]) => [field, evaluate(value, { event })]))
    : Object.fromEntries(wanted.map(({ name }) => [name, event[name]]));
  const context: CallContext = { caller: systemCaller, requestId: delivery.eventId, now: now(), log };
  await executor.runAsSystem(reaction.command, input, context, [markDelivered(delivery)]);
}

async function putBack(delivery: Delivery, error: unknown, { pool, log, random }: RelayOptions): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const again =
    delivery.attempts >= batch.attemptsMax
      ? ("never" as const)
      : { afterMs: backoffMs(delivery.attempts, { baseMs: 200, capMs: 300_000 }, random) };
  const facts = { event: delivery.event, reaction: delivery.reaction, eventId: delivery.eventId, attempt: delivery.attempts, reason };
  if (again === "never") log.error(facts, "reaction given up");
  else log.warn(facts, "reaction failed and will be tried again");
  try {
    await pool.read([markFailed(delivery, reason, again)]);
  } catch (unreachable) {
    // Without a database there is nobody to tell; the lease runs out and the delivery is due again.
    log.warn({ reason: unreachable instanceof Error ? unreachable.message : String(unreachable) }, "delivery could not be put back");
  }
}
