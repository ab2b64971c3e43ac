import type { ExternalCallee } from "../../../facts/call-graph.ts";
import { attemptsOf, heldMs } from "../../../facts/waiting.ts";
import { counted, duration, listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const attemptsFitCallersP99 = defineRule({
  code: "reliability/attempts-fit-callers-p99",
  severity: "warning",
  message: "{caller} promises a p99 of {promise}, and without an answer from {integrations} each request is held for {held}: {attempts}.",
  why: "The day on which a third party is slow is the day for which the promise was made: requests pile up for {times} times as long as planned.",
  fix: "Lower the timeout and the retries until all attempts fit into {promise}, or call in a reaction to an event.",
  check({ model, calls, waitingOf }, report) {
    for (const { id, slo } of model.operations) {
      const { p99Ms, worstMs } = waitingOf(id);
      if (!slo || worstMs <= slo.p99Ms) continue;
      const externals = calls.calleesWithin(id).filter((callee) => callee.kind === "external");
      const isSlowAnyway = p99Ms > slo.p99Ms && externals.every((callee) => attemptsOf(callee) === 1);
      if (externals.length === 0 || isSlowAnyway) continue;
      report([id, ...externals.map((callee) => callee.id)], {
        caller: id,
        promise: duration(slo.p99Ms),
        integrations: listed([...new Set(externals.map(({ integration }) => integration.name))]),
        held: duration(worstMs),
        attempts: listed(externals.map(attemptsInWords)),
        times: Number((worstMs / slo.p99Ms).toPrecision(2)),
      });
    }
  },
});

function attemptsInWords(callee: ExternalCallee): string {
  const attempts = attemptsOf(callee);
  return `${counted(attempts, "attempt")} of ${duration(heldMs(callee) / attempts)} at ${callee.id}`;
}
