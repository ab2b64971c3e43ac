import { defineRule } from "../../rule.ts";

export const eventComesFromItsContext = defineRule({
  code: "consistency/event-comes-from-its-context",
  severity: "error",
  message: "{emitter} emits {event}, an event of {owner}.",
  why: "Who reacts to {event} believes that {owner} has done what it tells, and only {owner} can know.",
  fix: "Let a command of {owner} emit it, or give {context} an event of its own.",
  check({ model, items }, report) {
    for (const { id, context, emits } of [...model.operations, ...model.jobs]) {
      for (const event of emits) {
        const owner = items.events.get(event)?.context ?? items.events.get(event)?.integration;
        if (owner !== undefined && owner !== context) report([id, event], { emitter: id, event, owner, context });
      }
    }
  },
});
