import type { CallOfIntegration } from "../../facts/items.ts";
import { constant, difference, exact, least, one, power, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { repeatableCall } from "./repeatable-call.ts";

const firstPauseMs = constant(
  "backoff-first-pause",
  "longest pause before the first retry",
  100,
  "ms",
  "measured",
  "default of our guard: baseMs",
);
const budgetShare = constant(
  "backoff-budget",
  "retries that a token bucket allows for each call that succeeds",
  0.1,
  "share",
  "sourced",
  "Google SRE, Handling Overload: 10 % of a client's calls",
);

/** Catalogue of decisions, 11. */
export const backoff: DecisionRule = {
  id: "backoff",
  area: "resilience",
  question: "How long is the pause before a call is made again?",
  evidence: "measured",
  sources: [
    "catalogue of decisions, 11 (backoff)",
    "reliability study 0.2: full jitter smooths clients that failed together and does not bound the load of those that keep coming",
    "AWS Architecture Blog, Exponential Backoff and Jitter",
  ],
  propose: (brief) =>
    [...brief.facts.items.externalCalls.values()].flatMap((external) => {
      const { mayRepeat, isDelivered } = repeatableCall(brief, external);
      if (mayRepeat.value === 0 || isDelivered.value === 1) return [];
      return [
        {
          about: external.call.id,
          question: `How long is the pause before ${external.call.name} of ${external.integration.name} is made again?`,
          options: optionsOf(brief, external),
        },
      ];
    }),
};

function optionsOf(brief: Brief, external: CallOfIntegration): readonly OptionRule[] {
  const { call, integration } = external;
  const { load, thirdParties } = brief.quantities;
  const further = difference(brief.decided("retries", call.id).figure("attempts"), one);
  const full = pauseMs(further, 2);
  const decorrelated = product(exact(3 / 2), pauseMs(further, 3));
  const peak = load.peakOf(call.id);
  return [
    {
      id: "full-jitter",
      title: "full jitter",
      needs: pauseNeeds(brief, external, further, full),
      ...figuresOf(full),
      because: `Calls of ${call.name} that failed together come back one by one, and none waits long.`,
      consequence: `It smooths what comes back and does not lessen it: what bounds the load on ${integration.name} is the number of retries.`,
    },
    {
      id: "decorrelated",
      title: "decorrelated jitter",
      needs: pauseNeeds(brief, external, further, decorrelated),
      ...figuresOf(decorrelated),
      because: `So many calls of ${call.name} fail at once that a short spell does not take them all back.`,
      consequence: "Whoever is unlucky twice waits many times as long as others.",
    },
    {
      id: "none-with-budget",
      title: "no pause, within a budget of retries",
      needs: [
        needAtMost(
          product(peak, sum(one, budgetShare)),
          thirdParties.capacityOf(call.id),
          `${integration.name} has to bear a tenth more than the peak, at once`,
        ),
      ],
      ...figuresOf(zero),
      because: `Those who wait for ${call.name} have no time left for a pause.`,
      consequence: `A fault of ${integration.name} that lasts longer than a call is met again by every retry, until the budget is spent.`,
    },
  ];
}

/** Of all retries together, at the longest: first × (1 + base + … + base^(R − 1)). */
const pauseMs = (further: Formula, base: number): Formula =>
  quotient(product(firstPauseMs, difference(power(exact(base), further), one)), exact(base - 1));

/** Ties go to the earlier option: the needs decide alone. */
const figuresOf = (pause: Formula): Pick<OptionRule, "latencyMs" | "figures" | "score"> => ({
  latencyMs: quotient(pause, exact(2)),
  figures: [{ id: "longest", words: "all pauses of a call together, at the longest", unit: "ms", formula: pause }],
  score: zero,
});

function pauseNeeds(
  { quantities, decided }: Brief,
  { call, integration }: CallOfIntegration,
  further: Formula,
  pause: Formula,
): readonly Need[] {
  const { load, promises, thirdParties } = quantities;
  const peak = load.peakOf(call.id);
  const attempts = product(sum(further, one), decided("timeout", call.id).figure("timeout-ms"));
  const isRetried: Formula = least(one, further);
  const together = product(isRetried, peak, quotient(promises.callP50Of(call.id), msPerSecond));
  const taken = product(difference(thirdParties.capacityOf(call.id), peak), quotient(pause, msPerSecond));
  return [
    needAtMost(
      product(isRetried, sum(attempts, pause)),
      thirdParties.timeLeftOf(call.id),
      "attempts and pauses together have to end before the caller's promise does",
    ),
    needAtMost(
      together,
      taken,
      `the calls that were under way when ${integration.name} failed come back within the pause, on top of the others`,
    ),
  ];
}
