import { isReading } from "../../../facts/third-parties.ts";
import { counted } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const retryNeedsIdempotencyKey = defineRule({
  code: "reliability/retry-needs-idempotency-key",
  severity: "error",
  message: "{call} is made up to {attempts} and takes no idempotency key.",
  why: "An attempt that was not answered may have been carried out: the next one does it again.",
  fix: "Set `idempotencyKey: true` if {integration} takes such a key; otherwise `retries: 0`.",
  check({ model }, report) {
    for (const { name, calls, onFailure } of model.integrations) {
      const attempts = counted(1 + (onFailure?.retries ?? 0), "time");
      for (const { id, name: callName, idempotencyKey } of calls) {
        if (onFailure && onFailure.retries > 0 && !idempotencyKey && !isReading(callName))
          report([id, name], { call: id, attempts, integration: name });
      }
    }
  },
});
