import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const callNeedsTimeout = defineRule({
  code: "reliability/call-needs-timeout",
  severity: "error",
  message: "{integration} has no timeout, so {calls} may wait for ever.",
  why: "A third party that accepts connections and then hangs holds every request that needs it, until the process has room for nothing else.",
  fix: "Add `timeout` to onFailure of {integration}: longer than its p99, shorter than what the callers promise.",
  check({ model }, report) {
    for (const { name, calls, onFailure } of model.integrations) {
      if (calls.length > 0 && onFailure?.timeoutMs === undefined)
        report(name, { integration: name, calls: listed(calls.map(({ id }) => id)) });
    }
  },
});
