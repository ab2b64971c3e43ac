import { assumedOf } from "@archwright/model";
import { isQueued } from "../../../facts/third-parties.ts";
import { listed, percent, rate } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const loadFitsLimit = defineRule({
  code: "capacity/load-fits-limit",
  severity: "error",
  message: "{call} takes {limit} and gets {peak} at peak, from {callers}.",
  why: "{integration} refuses {share} of the calls, and with them the requests that wait for them.",
  fix: "Ask {integration} for {peak}, call it once for many requests, or let a reaction work the calls off at {limit}.",
  check(facts, report) {
    for (const { call, integration } of facts.items.externalCalls.values()) {
      const limit = assumedOf(call.limitPerSecond ?? Number.POSITIVE_INFINITY);
      const { peak } = facts.rateOf(call.id);
      if (peak <= limit || isQueued({ call, integration }, facts)) continue;
      const callers = facts.calls.callersOf(call.id).map(({ id }) => id);
      report([call.id, ...callers], {
        call: call.id,
        limit: rate(limit),
        peak: rate(peak),
        callers: listed(callers),
        integration: integration.name,
        share: percent(Number((1 - limit / peak).toPrecision(2))),
      });
    }
  },
});
