import { assumedOf } from "@archwright/model";
import { retryStormThresholdPerSecond, retryStormVerdict, safeRetriesMax } from "@archwright/resilience";
import { rate } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const retriesFitLimit = defineRule({
  code: "capacity/retries-fit-limit",
  severity: "warning",
  message:
    "{call} gets {peak} at peak and takes {limit}: enough, but not for {offered}, which it gets when all {retries} retries of each call are made.",
  why: "Once a pause makes calls time out, the retries alone keep {integration} busy and it stays stuck when the pause is over: with {retries} retries from {threshold} on (λ(1 + R) ≥ μ).",
  fix: "Add a `breaker` to onFailure of {integration}, or set `retries: {safe}`.",
  check({ items, rateOf }, report) {
    for (const { call, integration } of items.externalCalls.values()) {
      const { retries = 0, breaker } = integration.onFailure ?? {};
      const { peak } = rateOf(call.id);
      if (call.limitPerSecond === undefined || breaker !== undefined) continue;
      const storm = { arrivalsPerSecond: peak, retries, capacityPerSecond: assumedOf(call.limitPerSecond) };
      if (retryStormVerdict(storm) !== "stays stuck") continue;
      report([call.id, integration.name], {
        call: call.id,
        integration: integration.name,
        peak: rate(peak),
        limit: rate(storm.capacityPerSecond),
        offered: rate(peak * (1 + retries)),
        retries,
        threshold: rate(retryStormThresholdPerSecond(storm)),
        safe: safeRetriesMax(storm),
      });
    }
  },
});
