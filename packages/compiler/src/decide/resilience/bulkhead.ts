import type { CallOfIntegration } from "../../facts/items.ts";
import { ceiling, constant, exact, least, named, product, quotient, type Formula } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { processesOf, underWayMax } from "./processes.ts";

const room = constant(
  "bulkhead-room",
  "places over what Little's law asks for",
  1.5,
  "count",
  "sourced",
  "catalogue of decisions, 14: 1.5 × λ × p99",
);
const shareMax = constant(
  "bulkhead-share",
  "share of them that one third party may take",
  0.5,
  "share",
  "general",
  "the other half goes on while it is slow",
  [0.1, 0.8],
);

/** Catalogue of decisions, 14. */
export const bulkhead: DecisionRule = {
  id: "bulkhead",
  area: "resilience",
  question: "How many calls of a third party may be under way at once?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 14 (bulkhead)", "Little's law: calls under way = rate × time"],
  climbsWith: ["constant.bulkhead-room"],
  propose: (brief) => {
    const processes = processesOf(brief);
    return [...brief.facts.items.externalCalls.values()].map((external) => ({
      about: external.call.id,
      question: `How many calls of ${external.call.name} of ${external.integration.name} may be under way at once?`,
      options: rungs.map((rung) => optionOf(brief, external, rung, processes)),
    }));
  },
};

/** All processes together. */
const rungs: readonly number[] = [2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

const placesOf = (processes: Formula): Formula =>
  named("bulkhead.places", "requests of all processes that one third party may hold", "count", product(processes, underWayMax, shareMax));

function optionOf({ quantities }: Brief, { call, integration }: CallOfIntegration, places: number, processes: Formula): OptionRule {
  const { load, promises } = quantities;
  const limit = promises.callLimitOf(call.id);
  // Beyond its limit a third party answers nobody: what comes on top waits in the queue, and holds no place.
  const rate = limit ? least(load.peakOf(call.id), limit) : load.peakOf(call.id);
  const wanted = named(
    `bulkhead.${call.id}.wanted`,
    `calls of ${call.name} that are under way at the peak, and half as many again`,
    "count",
    quotient(product(room, rate, promises.callP99Of(call.id)), msPerSecond),
  );
  return {
    id: `${places}`,
    title: `${places.toLocaleString("en")} calls at once`,
    needs: [
      needAtLeast(exact(places), wanted, `at the peak more calls of ${call.name} are under way even while all is well`),
      needAtMost(exact(places), placesOf(processes), `when ${integration.name} is slow it would hold the places that others need`),
    ],
    figures: [
      {
        id: "per-process",
        words: "places in each process",
        unit: "count",
        formula: ceiling(quotient(exact(places), processes)),
      },
    ],
    score: exact(places),
    because: `While ${integration.name} is slow no more than ${places} requests hang on it.`,
    consequence: `The call after the last place waits for a moment and is then refused, while everything else goes on.`,
  };
}
