import type { Operation } from "@archwright/model";
import { constant, difference, greatest, least, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { replicaLag, staleness } from "../../quantities/lateness.ts";
import { entitiesReadBy, staleQueries } from "../caching/cached-reads.ts";
import { databaseWorkPrice } from "../database-core-price.ts";
import { fewOf } from "../listing.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const routingHours = constant(
  "consistency-of-reads-hours",
  "hours in a month for a query that is not answered by the primary",
  0.1,
  "hours",
  "general",
  "who asks why his change is not there yet",
  [0.02, 0.5],
);

/** Which copy of the data answers a query that may be a little late. */
export const consistencyOfReads: DecisionRule = {
  id: "consistency-of-reads",
  area: "storage",
  question: "Which copy of the data answers a query?",
  evidence: "general",
  sources: ["catalogue of decisions, 21: replicas where staleness of a second or more is allowed, and few read their own writes"],
  propose: (brief) => {
    const queries = staleQueries(brief);
    if (queries.length === 0) return [];
    const copies = copiesOf(brief);
    return queries.map((query) => ({
      about: query.id,
      question: `Which copy of the data answers ${query.name}?`,
      options: optionsOf(brief, query, copies),
    }));
  },
};

interface Copies {
  readonly replicas: Formula;
  readonly noCache: Formula;
  /** Share of what is asked of a cache that it has not. */
  readonly missed: Formula;
}

function copiesOf({ decided, decidedIfAny }: Brief): Copies {
  const cache = decidedIfAny("cache");
  return {
    replicas: decided("database").figure("read-replicas"),
    noCache: cache?.is("none") ?? one,
    missed: cache ? difference(one, cache.figure("hit-share")) : one,
  };
}

function optionsOf(brief: Brief, query: Operation, { replicas, noCache, missed }: Copies): readonly OptionRule[] {
  const { quantities } = brief;
  const own = ownWrites(brief, query);
  const asked = quantities.load.peakOf(query.id);
  const follows = named(
    `${query.id}.own`,
    `share of ${query.name} that follows a change by the same kind of caller`,
    "share",
    least(one, quotient(sum(...own.map(({ id }) => quantities.load.peakOf(id))), asked)),
  );
  const writers = fewOf(own.map(({ name }) => name));
  const late = needAtLeast(staleness(query), replicaLag, `${query.name} may be late by less than a replica or an entry of a cache is`);
  return [
    weighed(brief, query, one, zero, {
      id: "primary",
      title: "reads from the primary",
      because: `Whoever asks ${query.name} sees what was committed a moment ago.`,
      consequence: "Each of these reads takes its share of the one machine that alone can write.",
    }),
    weighed(brief, query, follows, routingHours, {
      id: "replica",
      title: "reads from a replica, but for one's own changes",
      needs: [needAtLeast(replicas, one, "there is no read replica"), late],
      because: `${query.name} may be late, and a replica has the same rows as the primary had a moment before.`,
      consequence:
        own.length === 0
          ? "Two of these reads may meet two replicas, the later one older."
          : `After ${writers} the same caller must be sent to the primary for a moment.`,
    }),
    weighed(brief, query, greatest(follows, missed), routingHours, {
      id: "cache",
      title: "reads from the cache, but for one's own changes",
      needs: [needAtMost(noCache, zero, "there is no cache"), late],
      because: `${query.name} may be late, and the cache has its answers at hand.`,
      consequence:
        own.length === 0
          ? "What is kept stays until it expires, whatever was written meanwhile."
          : `After ${writers} the entry must be passed over, or forgotten.`,
    }),
  ];
}

/** @param left Share of the reads that the primary answers all the same. */
function weighed(brief: Brief, { id }: Operation, left: Formula, hours: Formula, option: OptionRule): OptionRule {
  const { load, work } = brief.quantities;
  const perSecond = product(load.peakOf(id), left);
  const money = databaseWorkPrice(brief, perSecond, work.databaseMsOf(id));
  return {
    ...option,
    bill: [],
    hoursPerMonth: hours,
    figures: [
      { id: "on-primary", words: "of these reads at the peak that the primary answers", unit: "/s", formula: perSecond },
      { id: "money", words: "what the primary costs for them in a month, whoever bills it", unit: "money", formula: money },
    ],
    score: sum(money, product(hours, brief.hourPrice)),
  };
}

/** What changes the rows that a query reads, by somebody who may ask the query too. */
function ownWrites({ facts }: Brief, query: Operation): readonly Operation[] {
  const { allow: asking } = query;
  if (asking.kind !== "roles") return [];
  const writers = new Set(entitiesReadBy(query, facts.items).flatMap((entity) => facts.useOf(entity).writers));
  return [...writers].flatMap((id) => {
    const writer = facts.items.operations.get(id);
    return writer?.allow.kind === "roles" && writer.allow.roles.some((name) => asking.roles.includes(name)) ? [writer] : [];
  });
}
