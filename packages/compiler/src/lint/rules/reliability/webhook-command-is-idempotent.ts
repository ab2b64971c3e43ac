import { repetitionOf } from "../../../facts/repetition.ts";
import { effectsOutside } from "../../../facts/third-parties.ts";
import { defineRule } from "../../rule.ts";

export const webhookCommandIsIdempotent = defineRule({
  code: "reliability/webhook-command-is-idempotent",
  severity: "warning",
  message: "{command} reacts to {event}, and a second run {does}.",
  why: "{integration} sends a webhook again whenever our answer was late or lost, and sometimes two that mean the same.",
  fix: 'Let the second run fail or change nothing (a transition, a unique value, setting instead of adding) and say idempotent: "natural".',
  check({ model, items, calls }, report) {
    for (const { id, event, command } of model.reactions) {
      const integration = items.events.get(event)?.integration;
      const operation = items.operations.get(command);
      if (integration === undefined || !operation || effectsOutside(calls, command).length > 0) continue;
      const repetition = repetitionOf(operation, items);
      if (repetition !== "safe")
        report([id, command], {
          command,
          event,
          integration,
          does: repetition === "repeats" ? "does it all again" : "may do it all again",
        });
    }
  },
});
