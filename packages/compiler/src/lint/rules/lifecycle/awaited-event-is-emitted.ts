import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const awaitedEventIsEmitted = defineRule({
  code: "lifecycle/awaited-event-is-emitted",
  severity: "warning",
  message: "{waiting} waits for {event}, which nothing emits.",
  why: "It never runs, and no log shows that it did not.",
  fix: "Emit {event} where it happens, or take the wait out.",
  check({ model, events }, report) {
    for (const { id, integration } of model.events) {
      const waiting = [
        ...events.reactionsTo(id).map((reaction) => ({ path: reaction.id, who: reaction.command })),
        ...events.messagesOn(id).map((message) => ({ path: message.id, who: message.id })),
      ];
      if (integration !== undefined || waiting.length === 0 || events.emittersOf(id).length > 0) continue;
      report([id, ...waiting.map(({ path }) => path)], { event: id, waiting: listed(waiting.map(({ who }) => who)) });
    }
  },
});
