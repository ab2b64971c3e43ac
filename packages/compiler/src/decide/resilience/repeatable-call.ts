import type { CallOfIntegration } from "../../facts/items.ts";
import { isReading } from "../../facts/third-parties.ts";
import type { Input } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";

/** What the structure of a model says of making a call a second time. */
export interface RepeatableCall {
  /** Nothing is done twice by it. */
  readonly mayRepeat: Input;
  /** Whoever makes it is run again anyway. */
  readonly isDelivered: Input;
}

export function repeatableCall({ facts }: Brief, { call }: CallOfIntegration): RepeatableCall {
  const { calls, events } = facts;
  const callers = calls.callersOf(call.id);
  const onlyReactions = callers.every(({ id }) => events.reactionsBy(id).length > 0 && calls.callersOf(id).length === 0);
  return {
    mayRepeat: whether(
      `${call.id}.repeatable`,
      `${call.name} takes an idempotency key, or only asks`,
      call.idempotencyKey === true || isReading(call.name),
      call.id,
    ),
    isDelivered: whether(
      `${call.id}.delivered`,
      `only reactions to events make ${call.name}`,
      callers.length > 0 && onlyReactions,
      call.id,
    ),
  };
}
