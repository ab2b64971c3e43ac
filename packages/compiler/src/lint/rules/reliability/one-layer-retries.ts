import { retryAmplification } from "@archwright/resilience";
import { attemptsOf } from "../../../facts/waiting.ts";
import { defineRule } from "../../rule.ts";

export const oneLayerRetries = defineRule({
  code: "reliability/one-layer-retries",
  severity: "warning",
  message: "{command} runs again until {event} is dealt with, and each run makes up to {attempts} attempts at {call}.",
  why: "Layers of retries multiply: after three deliveries {integration}, which is already failing, has been called {calls} times for one event.",
  fix: "Set `retries: 0` for {integration} and leave the repetition to the delivery, which waits longer each time.",
  check({ model, calls }, report) {
    for (const { id, event, command } of model.reactions) {
      for (const callee of calls.calleesWithin(command)) {
        if (callee.kind !== "external" || attemptsOf(callee) === 1) continue;
        const attempts = attemptsOf(callee);
        const slots = {
          command,
          event,
          call: callee.id,
          integration: callee.integration.name,
          attempts,
          calls: retryAmplification([3, attempts]),
        };
        report([id, callee.id], slots);
      }
    }
  },
});
