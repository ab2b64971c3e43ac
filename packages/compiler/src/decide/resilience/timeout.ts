import type { ExternalCallee } from "../../facts/call-graph.ts";
import { exact, product, quotient, type Formula } from "../../formulas/formula.ts";
import { shortName } from "../../lint/phrases.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

/** Catalogue of decisions, 9. */
export const timeout: DecisionRule = {
  id: "timeout",
  area: "resilience",
  question: "After how long is a call of a third party given up?",
  evidence: "sourced",
  sources: [
    "catalogue of decisions, 9 (timeout)",
    "AWS Builders' Library, Timeouts, retries and backoff with jitter: a false-timeout rate of 0.1 % leads to p99.9",
  ],
  climbsWith: ["slo.p99", "constant.tail-exponent"],
  propose: (brief) =>
    [...brief.facts.items.externalCalls.values()].map(({ call, integration }) => ({
      about: call.id,
      question: `After how long is ${call.name} of ${integration.name} given up?`,
      options: rungs.map((rung) => optionOf(brief, { call, integration }, rung)),
    })),
};

interface Rung {
  readonly id: string;
  readonly words: string;
  readonly ms: number;
}

const rungs: readonly Rung[] = [
  { id: "250-ms", words: "a quarter of a second", ms: 250 },
  { id: "500-ms", words: "half a second", ms: 500 },
  { id: "1-s", words: "a second", ms: 1_000 },
  { id: "2-s", words: "two seconds", ms: 2_000 },
  { id: "5-s", words: "five seconds", ms: 5_000 },
  { id: "10-s", words: "ten seconds", ms: 10_000 },
  { id: "30-s", words: "half a minute", ms: 30_000 },
];

function optionOf(
  { quantities }: Brief,
  { call: { id, name }, integration }: Pick<ExternalCallee, "call" | "integration">,
  { id: rung, words, ms }: Rung,
): OptionRule {
  const { load, thirdParties, promises } = quantities;
  const [promising] = thirdParties.waitersOf(id).filter((waiter) => promises.promisedP99Of(waiter) !== undefined);
  const limit: Formula = exact(ms);
  return {
    id: rung,
    title: `a timeout of ${words}`,
    needs: [
      needAtLeast(limit, thirdParties.p999Of(id), "one call in a thousand may be given up although its answer was on the way, and no more"),
      needAtMost(
        limit,
        thirdParties.timeLeftOf(id),
        promising === undefined
          ? "the server gives up a request after half a minute, and whoever asked is gone by then"
          : `${shortName(promising)} has promised an answer in time, and does more than wait for ${name}`,
      ),
    ],
    latencyMs: limit,
    figures: [
      { id: "timeout-ms", words: "time until it is given up", unit: "ms", formula: limit },
      {
        id: "waiting",
        words: `requests that wait at the peak while ${integration.name} does not answer`,
        unit: "count",
        formula: quotient(product(load.peakOf(id), limit), msPerSecond),
      },
    ],
    score: limit,
    because: `Nobody who needs ${name} of ${integration.name} waits for it longer than ${words}.`,
    consequence: `What ${integration.name} does after ${words} is done all the same, and nobody here hears of it.`,
  };
}
