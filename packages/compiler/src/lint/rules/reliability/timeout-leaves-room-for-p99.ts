import { assumedOf } from "@archwright/model";
import { duration } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const timeoutLeavesRoomForP99 = defineRule({
  code: "reliability/timeout-leaves-room-for-p99",
  severity: "warning",
  message: "{call} has a p99 of {p99} and is given up after {timeout}.",
  why: "More than one call in a hundred is given up although it would have been answered, and whatever it did is done.",
  fix: "Raise the timeout of {integration} above {p99}.",
  check({ model }, report) {
    for (const { name, calls, onFailure } of model.integrations) {
      for (const { id, p99Ms } of calls) {
        const timeoutMs = onFailure?.timeoutMs;
        if (timeoutMs === undefined || timeoutMs >= assumedOf(p99Ms)) continue;
        report([id, name], { call: id, p99: duration(assumedOf(p99Ms)), timeout: duration(timeoutMs), integration: name });
      }
    }
  },
});
