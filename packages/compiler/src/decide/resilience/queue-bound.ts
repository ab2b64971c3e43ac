import { ceiling, difference, exact, greatest, least, product, quotient, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, msPerSecond } from "../../quantities/given.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { capacityOf } from "./capacity.ts";
import { processesOf } from "./processes.ts";

const patienceMs = assumed({
  id: "patience",
  words: "how long whoever asks waits before he asks again",
  unit: "ms",
  value: 5_000,
  range: [1_000, 30_000],
  ask: "After how many seconds without an answer does somebody press the button again?",
  because: "the model does not say how its clients behave",
});

/** Catalogue of decisions, 12. */
export const queueBound: DecisionRule = {
  id: "queue-bound",
  area: "resilience",
  question: "How many requests may wait for a processor before further ones are sent away?",
  evidence: "measured",
  sources: [
    "catalogue of decisions, 12 (queue bound): μ(τ − S)",
    "reliability study 1.4, S7: with at most μτ waiting a retry storm ends at once, with a fifth more never",
  ],
  climbsWith: ["patience"],
  propose: (brief) => {
    if (brief.model.operations.every(({ allow }) => allow.kind === "system")) return [];
    const queue = queueOf(brief);
    return [{ options: rungs.map((places) => optionOf(queue, places)) }];
  },
};

const rungs: readonly number[] = [10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000];

interface Queue {
  /** Requests that may wait, so that each is answered before whoever asked gives up. */
  readonly bound: Formula;
  /** Requests that are served in a second. */
  readonly served: Formula;
  readonly processes: Formula;
}

function queueOf(brief: Brief): Queue {
  const { quantities } = brief;
  const { requests, secondsPerRequest } = capacityOf(brief);
  const waitSeconds = quotient(least(patienceMs, quantities.promises.tightestP99), msPerSecond);
  const bound = product(requests, greatest(zero, difference(waitSeconds, secondsPerRequest)));
  return { bound, served: requests, processes: processesOf(brief) };
}

function optionOf({ bound, served, processes }: Queue, places: number): OptionRule {
  const words = places.toLocaleString("en-US");
  return {
    id: `${places}`,
    title: `${words} waiting requests`,
    needs: [
      needAtMost(
        exact(places),
        bound,
        "whoever stands behind that many is answered when he has already asked again, so that the work is lost",
      ),
    ],
    figures: [
      { id: "per-process", words: "places in each process", unit: "count", formula: ceiling(quotient(exact(places), processes)) },
      {
        id: "wait",
        words: "how long the last in the queue waits",
        unit: "ms",
        formula: product(quotient(exact(places), served), msPerSecond),
      },
    ],
    score: difference(zero, exact(places)),
    because: `A burst of ${words} requests is served, if late, instead of refused.`,
    consequence: "Whoever comes beyond that gets 503 and Retry-After at once, even if the crowd would have thinned out a moment later.",
  };
}
