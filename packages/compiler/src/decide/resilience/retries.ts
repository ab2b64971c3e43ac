import type { CallOfIntegration } from "../../facts/items.ts";
import { constant, difference, exact, one, power, product, sum, type Formula } from "../../formulas/formula.ts";
import { needAtMost, needThat, needThatNot, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { repeatableCall } from "./repeatable-call.ts";

const limitShare = constant(
  "retries-limit-share",
  "share of a third party's limit that calls and their retries may come to",
  0.98,
  "share",
  "measured",
  "reliability study 1.4: the law λ(1 + R) < μ was right in every cell that lay 2 % off the threshold",
);
const shortShare = constant(
  "retries-short-share",
  "share of a third party's failures that a moment later are over",
  0.7,
  "share",
  "general",
  "resets, lost packets, a node that leaves; to be counted in a first month",
  [0.3, 0.95],
);
const againShare = constant(
  "retries-again-share",
  "share of such short failures that the next attempt meets again",
  0.1,
  "share",
  "general",
  "to be counted in a first month",
  [0.02, 0.5],
);
const worth = constant(
  "retries-worth",
  "what a further attempt has to save, over what the promise lets fail",
  0.01,
  "share",
  "general",
  "a hundredth of the error budget",
  [0.001, 0.1],
);
/** Catalogue of decisions, 10. */
export const retries: DecisionRule = {
  id: "retries",
  area: "resilience",
  question: "How often is a call of a third party made again when it fails?",
  evidence: "measured",
  sources: [
    "catalogue of decisions, 10 (retries)",
    "reliability study 0.1: retries keep a callee busy for ever once λ(1 + R) ≥ μ",
    "Google SRE, Handling Overload: three attempts of a request at the most, at one layer only",
  ],
  propose: (brief) =>
    [...brief.facts.items.externalCalls.values()].map((external) => ({
      about: external.call.id,
      question: `How often is ${external.call.name} of ${external.integration.name} made again when it fails?`,
      options: titles.map((title, count) => optionOf(brief, external, title, count)),
    })),
};

const titles = ["none", "one", "two", "three"] as const;

function optionOf(brief: Brief, external: CallOfIntegration, title: (typeof titles)[number], count: number): OptionRule {
  const { call, integration } = external;
  const { promises, thirdParties } = brief.quantities;
  const failing = product(
    difference(one, promises.callAvailabilityOf(call.id)),
    sum(difference(one, shortShare), product(shortShare, power(againShare, exact(count)))),
  );
  const budget = difference(one, thirdParties.promiseOf(call.id));
  const held = heldMs(brief, call.id, count);
  return {
    id: title,
    title: count === 1 ? "one retry" : `${title === "none" ? "no" : title} retries`,
    needs: needsOf(brief, external, count, held),
    latencyMs: held,
    availability: difference(one, failing),
    figures: [
      { id: "attempts", words: "attempts at a call", unit: "count", formula: exact(1 + count) },
      {
        id: "offered",
        words: `calls that ${integration.name} gets at the peak while all fail`,
        unit: "/s",
        formula: product(brief.quantities.load.peakOf(call.id), exact(1 + count)),
      },
    ],
    score: sum(failing, product(exact(count), worth, budget)),
    because:
      count === 0
        ? `Whoever waits for ${call.name} of ${integration.name} knows after one attempt, and nothing is ever done twice.`
        : `Most failures of ${integration.name} are over a moment later, and ${title === "one" ? "one further attempt pays" : `${title} further attempts pay`}.`,
    consequence:
      count === 0
        ? `Each short failure of ${integration.name} reaches whoever asked.`
        : `While ${integration.name} is down it gets ${count + 1} calls for each, and whoever asked waits ${count + 1} times as long.`,
  };
}

/** How long a caller waits while nothing answers: every attempt to its timeout. The pauses are a decision of their own. */
const heldMs = (brief: Brief, call: string, count: number): Formula =>
  product(exact(count + 1), brief.decided("timeout", call).figure("timeout-ms"));

function needsOf(brief: Brief, external: CallOfIntegration, count: number, held: Formula): readonly Need[] {
  const { call, integration } = external;
  const { load, thirdParties } = brief.quantities;
  const inTime = needAtMost(held, thirdParties.timeLeftOf(call.id), "all attempts together have to end before the caller's promise does");
  if (count === 0) return [inTime];
  const { mayRepeat, isDelivered } = repeatableCall(brief, external);
  return [
    needThat(mayRepeat, `${call.name} takes no idempotency key, so that an attempt that was not answered may be carried out twice`),
    needThatNot(isDelivered, "the event is delivered again anyway, and retries in two layers multiply"),
    needAtMost(
      product(load.peakOf(call.id), exact(1 + count)),
      product(thirdParties.capacityOf(call.id), limitShare),
      `once ${integration.name} falls behind, the retries alone would keep it there for ever: λ(1 + R) ≥ μ`,
    ),
    inTime,
  ];
}
