import { defineRule } from "../../rule.ts";

export const operationHasCode = defineRule({
  code: "lifecycle/operation-has-code",
  severity: "info",
  message: "{operation} is a design that waits for its code.",
  why: "It is checked and drawn, and a system that has it does not start.",
  fix: "Give it a `body`, or a `handle` where data cannot say what it does.",
  check({ model }, report) {
    for (const { id, implementation } of model.operations) {
      if (implementation.kind === "none") report(id, { operation: id });
    }
  },
});
