import { evaluate, type Field, type Message } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { newId } from "../execution/identifier.ts";
import { words } from "./words.ts";

/** An event that a message tells of. */
export interface Occasion {
  readonly message: Message;
  readonly fields: readonly Field[];
  readonly event: Readonly<Record<string, unknown>>;
}

/** Puts a message into words and into the queue of each of its channels. */
export function queueMessage({ message, fields, event }: Occasion, now: Date): readonly Statement[] {
  const recipient = evaluate(message.to, { event });
  const [subject, body] = [words(message.subject, fields, event), words(message.text, fields, event)];
  return message.by.map((channel) => ({
    text: `insert into archwright.message (id, message, recipient, channel, address, subject, body, state, created_at)
      values ($1, $2, $3, $4, (select email from archwright.account where actor = $3), $5, $6, 'waiting', $7)`,
    values: [newId("msg", now.getTime()), message.id, recipient, channel, subject, body, now],
  }));
}
