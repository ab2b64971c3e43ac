import { listed, percent } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const thirdPartyFailureIsSurvived = defineRule({
  code: "reliability/third-party-failure-is-survived",
  severity: "warning",
  message: "{caller} promises to be available for {promise}, and fails whenever {calls} does.",
  why: "Nothing in the model says how available {integrations} is, so nobody can keep this promise.",
  fix: 'Say then: "degrade" and answer without it, call it in a reaction to an event, or leave the availability out of the promise.',
  check({ model, calls }, report) {
    for (const { id, slo } of model.operations) {
      const fatal = calls
        .calleesWithin(id)
        .filter((callee) => callee.kind === "external")
        .filter(({ integration }) => (integration.onFailure?.then ?? "fail") === "fail");
      if (slo?.availability === undefined || fatal.length === 0) continue;
      const ids = fatal.map((callee) => callee.id);
      const integrations = listed([...new Set(fatal.map(({ integration }) => integration.name))]);
      report([id, ...ids], { caller: id, promise: percent(slo.availability), calls: listed(ids), integrations });
    }
  },
});
