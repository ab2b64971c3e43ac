import type { Waiting } from "../../../facts/waiting.ts";
import { duration, listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const calleesFitCallersP99 = defineRule({
  code: "reliability/callees-fit-callers-p99",
  severity: "error",
  message: "{caller} promises a p99 of {promise} and waits for {callees}.",
  why: "The promise is broken before {caller} has done anything of its own.",
  fix: "Take the wait out of the request (answer first, and call in a reaction to an event), or promise more than {needed}.",
  check({ model, waitingOf }, report) {
    for (const { id, slo } of model.operations) {
      const waiting = waitingOf(id);
      if (!slo || waiting.p99Ms <= slo.p99Ms) continue;
      const waitedFor = waiting.parts.filter(({ p99Ms }) => p99Ms > 0);
      report([id, ...waitedFor.map(({ callee }) => callee.id)], {
        caller: id,
        promise: duration(slo.p99Ms),
        callees: partsInWords(waitedFor, waiting.p99Ms),
        needed: duration(waiting.p99Ms),
      });
    }
  },
});

function partsInWords(parts: Waiting["parts"], sumMs: number): string {
  const words = listed(parts.map(({ callee, p99Ms }) => `${callee.id} (p99 ${duration(p99Ms)})`));
  return parts.length > 1 ? `${words}: ${duration(sumMs)} in all` : words;
}
