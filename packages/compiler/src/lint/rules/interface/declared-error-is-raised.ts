import type { Step } from "@archwright/model";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const declaredErrorIsRaised = defineRule({
  code: "interface/declared-error-is-raised",
  severity: "info",
  message: "{operation} declares {errors} and never ends in it.",
  why: "The contract tells every client to be ready for an answer that cannot come.",
  fix: "Raise it with fail(…), or take it out of `errors`.",
  check({ items, bodies }, report) {
    for (const { item, steps } of bodies) {
      const raised = new Set(steps.flatMap(raisedBy));
      const silent = items.operations.get(item)?.errors.filter(({ name }) => !raised.has(name)) ?? [];
      if (silent.length > 0) report(item, { operation: item, errors: listed(silent.map(({ name }) => name)) });
    }
  },
});

const raisedBy = (step: Step): readonly string[] => ("otherwise" in step && step.otherwise !== undefined ? [step.otherwise] : []);
