import { evaluate, type Field, type JsonValue, type Message } from "@archwright/model";
import type { Pool } from "../database/pool.ts";
import { markDelivered, type Delivery } from "../events/delivery.ts";
import { newId } from "../execution/identifier.ts";
import { words } from "./words.ts";

/** Puts a message into words and into the queue of each of its channels, together with the delivery that asked for it. */
export async function queueMessage(
  message: Message,
  fields: readonly Field[],
  event: Readonly<Record<string, unknown>>,
  delivery: Delivery,
  pool: Pool,
  now: Date,
): Promise<void> {
  const recipient = String(evaluate(message.to, { event }));
  const rows = message.by.map((channel) => ({
    text: `insert into archwright.message (id, message, recipient, channel, address, subject, body, state, created_at)
      values ($1, $2, $3, $4, (select email from archwright.account where actor = $3), $5, $6, 'waiting', $7)`,
    values: [
      newId("msg", now.getTime()),
      message.id,
      recipient,
      channel,
      words(message.subject, fields, event),
      words(message.text, fields, event),
      now,
    ] satisfies (JsonValue | Date)[],
  }));
  await pool.transaction((transaction) => transaction.commit([...rows, markDelivered(delivery)]));
}
