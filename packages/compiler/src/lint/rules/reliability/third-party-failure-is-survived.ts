import { failsItsCaller } from "../../../facts/third-parties.ts";
import { listed, percent } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const thirdPartyFailureIsSurvived = defineRule({
  code: "reliability/third-party-failure-is-survived",
  severity: "warning",
  message: "{caller} promises to be available for {promise}, and fails whenever {calls} does.",
  why: "Nothing in the model says how available {integrations} is, so nobody can keep this promise.",
  fix: 'State the availability that the contract promises for the call, say then: "degrade" and answer without it, or call it in a reaction to an event.',
  check({ model, calls }, report) {
    for (const { id, slo } of model.operations) {
      const fatal = calls
        .calleesWithin(id)
        .filter((callee) => callee.kind === "external")
        // Where it is stated, the chain is reckoned with it: chain-is-as-available-as-promised.
        .filter((callee) => failsItsCaller(callee) && callee.call.availability === undefined);
      if (slo?.availability === undefined || fatal.length === 0) continue;
      const ids = fatal.map((callee) => callee.id);
      const integrations = listed([...new Set(fatal.map(({ integration }) => integration.name))]);
      report([id, ...ids], { caller: id, promise: percent(slo.availability), calls: listed(ids), integrations });
    }
  },
});
