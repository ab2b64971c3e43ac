import { evaluate, recordFromJson, type Lookup, type Model } from "@archwright/model";
import { backoffMs } from "@archwright/resilience";
import type { Pool } from "../database/pool.ts";
import { systemCaller, type CallContext, type Executor } from "../execution/seams.ts";
import { queueMessage } from "../messages/message-queue.ts";
import type { Log } from "../observability/log.ts";
import { claimDeliveries, markDelivered, markFailed, renewDeliveries, type Delivery } from "./delivery.ts";
import { HeldWork, inTime } from "./held-work.ts";

export interface RelayOptions {
  readonly model: Model;
  readonly lookup: Lookup;
  readonly pool: Pool;
  readonly executor: Pick<Executor, "runAsSystem">;
  readonly log: Log;
  readonly now: () => Date;
  readonly random: () => number;
  /** How long one reaction may take. Default 60 s. */
  readonly limitMs?: number;
}

/**
 * How many deliveries are under way at once, how long one is held without a sign of life, how long it may take, and after how many attempts
 * it is given up for a person to look at.
 */
const batch = { size: 20, leaseMs: 15_000, limitMs: 60_000, attemptsMax: 12 } as const;

/** Brings events to their reactions: each at least once, and its effect exactly once. */
export function createRelay(options: RelayOptions): HeldWork<Delivery> {
  const { pool, model, limitMs = batch.limitMs } = options;
  const isMessage = ({ reaction }: Delivery): boolean => model.messages.some(({ id }) => id === reaction);
  return new HeldWork({
    atOnceMax: batch.size,
    claim: (count) => claimDeliveries(pool, count, batch.leaseMs),
    renew: (deliveries) => renewDeliveries(pool, deliveries, batch.leaseMs),
    renewEveryMs: batch.leaseMs / 3,
    groups(deliveries) {
      const messages = deliveries.filter(isMessage);
      return [...(messages.length > 0 ? [messages] : []), ...deliveries.filter((one) => !isMessage(one)).map((one) => [one])];
    },
    async work(group) {
      const [first] = group;
      if (!first) return;
      await (isMessage(first) ? deliverMessages(group, options) : deliver(first, options, limitMs));
    },
  });
}

/** All in one transaction; where that fails, each in its own, so that one of them does not hold up the rest. */
async function deliverMessages(deliveries: readonly Delivery[], options: RelayOptions): Promise<void> {
  try {
    await queueMessages(deliveries, options);
    options.log.info({ messages: deliveries.length }, "messages queued");
  } catch {
    await Promise.all(deliveries.map((delivery) => deliver(delivery, options, batch.limitMs)));
  }
}

async function deliver(delivery: Delivery, options: RelayOptions, limitMs: number): Promise<void> {
  try {
    await inTime(react(delivery, options, limitMs), limitMs);
    options.log.info(
      { event: delivery.event, reaction: delivery.reaction, eventId: delivery.eventId, attempt: delivery.attempts },
      "reacted",
    );
  } catch (error) {
    await putBack(delivery, error, options);
  }
}

async function react(delivery: Delivery, options: RelayOptions, limitMs: number): Promise<void> {
  const { model, lookup, executor, log, now } = options;
  if (model.messages.some(({ id }) => id === delivery.reaction)) return queueMessages([delivery], options);
  const reaction = model.reactions.find(({ id }) => id === delivery.reaction);
  if (!reaction) throw new Error(`The model has no reaction "${delivery.reaction}" any more.`);
  const event = recordFromJson(lookup.event(delivery.event).fields, delivery.payload);
  const { input: wanted } = lookup.operation(reaction.command);
  const mapped = reaction.input;
  const input = mapped
    ? Object.fromEntries(Object.entries(mapped).map(([field, value]) => [field, evaluate(value, { event })]))
    : Object.fromEntries(wanted.map(({ name }) => [name, event[name]]));
  const deadlineMs = now().getTime() + limitMs;
  const context: CallContext = { caller: systemCaller, requestId: delivery.eventId, now: now(), deadlineMs, log };
  await executor.runAsSystem(reaction.command, input, context, [markDelivered(delivery)]);
}

async function queueMessages(deliveries: readonly Delivery[], { model, lookup, pool, now }: RelayOptions): Promise<void> {
  const rows = deliveries.flatMap(({ event, reaction, payload }) => {
    const message = model.messages.find(({ id }) => id === reaction);
    if (!message) throw new Error(`The model has no message "${reaction}" any more.`);
    const { fields } = lookup.event(event);
    return queueMessage({ message, fields, event: recordFromJson(fields, payload) }, now());
  });
  await pool.transaction((transaction) => transaction.commit([...rows, markDelivered(...deliveries)]));
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
