import type { Operation } from "@archwright/model";
import { constant, exact, not, product, zero } from "../../formulas/formula.ts";
import { duration } from "../../lint/phrases.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtMost, needThat, type Brief, type Decided, type DecisionRule, type OptionRule } from "../rule.ts";
import { staleQueries } from "./cached-reads.ts";
import { invalidationNeeds, keptOption, lifetimeOf, staleMsOf } from "./kept-answer.ts";

const invalidationHours = constant(
  "cache-expiry-invalidation-hours",
  "upkeep of what forgets answers when an event says so",
  1,
  "hours",
  "general",
  "each new write must not be forgotten there",
);

const periods = [
  { id: "1s", seconds: 1 },
  { id: "10s", seconds: 10 },
  { id: "1m", seconds: 60 },
  { id: "10m", seconds: 600 },
  { id: "1h", seconds: 3_600 },
  { id: "1d", seconds: 86_400 },
] as const;

/** Catalogue of decisions, 20. */
export const cacheExpiry: DecisionRule = {
  id: "cache-expiry",
  area: "caching",
  question: "How long is an answer kept?",
  evidence: "sourced",
  sources: [
    "catalogue of decisions, 20 (jitter of 10 %, a single flight, invalidation where a row changes less often than its answer expires)",
  ],
  propose: (brief) => {
    const cache = brief.decidedIfAny("cache");
    if (!cache) return [];
    return staleQueries(brief).map((query) => ({
      about: query.id,
      question: `How long is an answer of ${query.name} kept?`,
      options: optionsOf(query, brief, cache),
    }));
  },
};

function optionsOf(query: Operation, brief: Brief, cache: Decided): readonly OptionRule[] {
  const { id, name, staleMs = 0 } = query;
  const age = duration(staleMs);
  const isKept = not(cache.is("none"));
  const kept = needThat(isKept, "there is no cache to keep it in");
  return [
    keptOption(query, brief, {
      id: "none",
      title: "no answers kept",
      because: `Keeping an answer of ${name} would save less than asking for it costs.`,
      consequence: "Each request is answered from the rows as they are.",
      seconds: zero,
      needs: [],
    }),
    ...periods.map(({ id: period, seconds }) =>
      keptOption(query, brief, {
        id: period,
        title: `answers kept for ${duration(seconds * 1_000)}`,
        because: `An answer of ${name} may be ${age} old, and the longer it is kept the fewer of its reads reach the database.`,
        consequence: `For up to ${duration(seconds * 1_000)} after a change ${name} tells what was before it.`,
        seconds: exact(seconds),
        needs: [
          kept,
          needAtMost(product(exact(seconds), msPerSecond), staleMsOf(id, brief), `an answer of ${name} may not be older than that`),
        ],
      }),
    ),
    keptOption(query, brief, {
      id: "until-changed",
      title: "answers kept until an event says that they have changed",
      because: `What ${name} tells changes so rarely that its answer can be kept from one change to the next.`,
      consequence: "Every command that writes these rows has to say so in an event, for good; a forgotten one shows old answers for ever.",
      seconds: lifetimeOf(query, brief),
      hoursPerMonth: invalidationHours,
      needs: [kept, ...invalidationNeeds(query, brief)],
    }),
  ];
}
