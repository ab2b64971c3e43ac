import { atomicWithin } from "@archwright/model";
import { repetitionOf } from "../../../facts/repetition.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const offlineCommandIsRepeatable = defineRule({
  code: "reliability/offline-command-is-repeatable",
  severity: "warning",
  message: "{command} creates {entities} at each run, and clients that work without a network run it.",
  why: "They send what was done meanwhile until they hear an answer, so that what was done once is there twice.",
  fix: 'Say idempotent: "required", so that each change carries the key that the device gave it; or "natural" if a second run finds the row of the first.',
  check({ model, items, bodies }, report) {
    if (!model.requirements.clients.includes("mobile-offline")) return;
    for (const operation of model.operations) {
      if (operation.kind !== "command" || operation.allow.kind === "system" || repetitionOf(operation, items) !== "repeats") continue;
      const within = new Set([operation, ...atomicWithin(model, operation)].map(({ id }) => id));
      const steps = bodies.filter(({ item }) => within.has(item)).flatMap((body) => body.steps);
      const created = [...new Set(steps.flatMap((step) => (step.kind === "create" ? [step.entity] : [])))];
      if (created.length > 0) report(operation.id, { command: operation.id, entities: listed(created) });
    }
  },
});
