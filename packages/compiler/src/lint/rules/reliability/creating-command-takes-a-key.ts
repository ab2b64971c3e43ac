import { repetitionOf } from "../../../facts/repetition.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const creatingCommandTakesAKey = defineRule({
  code: "reliability/creating-command-takes-a-key",
  severity: "info",
  message: "{command} creates {entities} and takes no Idempotency-Key.",
  why: "A client that got no answer sends the request again, and then there are two.",
  fix: 'Say idempotent: "required"; or "no" if two are as good as one.',
  check({ model, items, bodies }, report) {
    // Then it is more than a note: offline-command-is-repeatable.
    if (model.requirements.clients.includes("mobile-offline")) return;
    for (const { item, steps } of bodies) {
      const operation = items.operations.get(item);
      const created = [...new Set(steps.flatMap((step) => (step.kind === "create" ? [step.entity] : [])))];
      if (!operation || created.length === 0 || operation.idempotent !== undefined || operation.allow.kind === "system") continue;
      if (repetitionOf(operation, items) === "repeats") report(item, { command: item, entities: listed(created) });
    }
  },
});
