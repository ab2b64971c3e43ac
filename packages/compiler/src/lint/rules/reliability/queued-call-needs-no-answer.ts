import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const queuedCallNeedsNoAnswer = defineRule({
  code: "reliability/queued-call-needs-no-answer",
  severity: "warning",
  message: "{integration} queues calls that fail, and {caller} waits for what {call} returns: {fields}.",
  why: "A queue answers when the request is long over. The caller fails all the same, and the queued call then acts for nobody.",
  fix: 'Say then: "fail" for {integration}, or make {call} in a reaction to an event and store what it returns.',
  check({ model, items, calls }, report) {
    for (const { name, calls: own, onFailure } of model.integrations) {
      if (onFailure?.then !== "queue") continue;
      for (const { id, returns } of own) {
        const waiting = calls.callersOf(id).filter(({ id: caller }) => answers(items.operations.get(caller)?.returns.kind));
        if (returns.length === 0) continue;
        for (const { id: caller } of waiting)
          report([caller, id, name], { integration: name, caller, call: id, fields: listed(returns.map((field) => field.name)) });
      }
    }
  },
});

const answers = (returns: string | undefined): boolean => returns !== undefined && returns !== "nothing";
