import { constant, difference, greatest, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted, msPerSecond } from "../../quantities/given.ts";
import { databaseCorePrice, databaseUse } from "../database-core-price.ts";
import { needAtLeast, needAtMost, type Brief, type Need, type OptionRule } from "../rule.ts";
import type { CachedReads } from "./cached-reads.ts";

const largestCores = constant("cache-largest-database", "cores of the largest database", 64, "cores", "general", "r6g.16xlarge");
export const shedWhileCold = constant(
  "cache-shed-while-cold",
  "share of reads that may be turned away while an empty cache fills",
  0.5,
  "share",
  "general",
  "catalogue of decisions, 18: must survive cold",
  [0.1, 0.9],
);

/** What a cache does to the reads that it stands before. */
export interface Served {
  readonly hitOf: (query: string) => Formula;
  readonly lookup: Formula;
  readonly availability: Formula;
}

/** An option with what it leaves for the database to do, and with what that costs. */
export function cacheOption(brief: Brief, reads: CachedReads, served: Served, option: OptionRule): OptionRule {
  const { work } = brief.quantities;
  const remaining = remainingOf(brief, reads, served);
  const isCached = option.id !== "none";
  const relief = isCached ? greatest(remaining, product(databaseUse, difference(one, shedWhileCold))) : one;
  const databaseCost = product(quotient(product(work.databaseReadCores, relief), databaseUse), databaseCorePrice(brief));
  const onlyReading = "even the largest database has no more cores than that for reading what no cache answers";
  const fits = needAtMost(product(work.databaseReadCores, remaining), product(databaseUse, largestCores), onlyReading);
  return {
    ...option,
    latencyMs: served.lookup,
    availability: served.availability,
    needs: isCached ? [fits, ...needsOfCache(brief, reads)] : [fits],
    figures: [
      { id: "hit-share", words: "share of these reads that the cache answers", unit: "share", formula: hitShareOf(brief, reads, served) },
      {
        id: "database-relief",
        words: "share of the reading that the database must still be large enough for",
        unit: "share",
        formula: relief,
      },
      { id: "cold-surge", words: "times as much reading when the cache is empty", unit: "count", formula: quotient(one, remaining) },
      { id: "answer-ms", words: "what one of these reads waits for on the average", unit: "ms", formula: waitOf(brief, reads, served) },
      {
        id: "database-cost",
        words: "what the database costs in a month for the reading that remains",
        unit: "money",
        formula: databaseCost,
      },
    ],
    score: sum(...(option.bill ?? []).map(({ cost }) => cost), product(option.hoursPerMonth ?? zero, brief.hourPrice), databaseCost),
  };
}

function needsOfCache({ model, quantities: { work } }: Brief, { queries }: CachedReads): readonly Need[] {
  return [
    needAtLeast(
      counted("cache.queries", "queries whose answers may be a little old", queries.length, model.name),
      one,
      "an answer that may not be a moment old cannot be kept",
    ),
    needAtMost(
      product(work.databaseReadCores, difference(one, shedWhileCold)),
      largestCores,
      "a cache that comes back empty would take the database down with it",
    ),
  ];
}

function hitShareOf({ quantities: { load } }: Brief, { queries, perSecond }: CachedReads, { hitOf }: Served): Formula {
  return quotient(sum(...queries.map(({ id }) => product(load.peakOf(id), hitOf(id)))), perSecond);
}

/** The share of all reading that still reaches the database. */
function remainingOf({ quantities: { load, work } }: Brief, { queries }: CachedReads, { hitOf }: Served): Formula {
  const savedMs = sum(...queries.map(({ id }) => product(load.peakOf(id), work.databaseMsOf(id), hitOf(id))));
  return greatest(zero, difference(one, quotient(savedMs, product(work.databaseReadCores, msPerSecond))));
}

function waitOf({ quantities: { load, work } }: Brief, { queries, perSecond }: CachedReads, { hitOf, lookup }: Served): Formula {
  const missedMs = sum(...queries.map(({ id }) => product(load.peakOf(id), work.databaseMsOf(id), difference(one, hitOf(id)))));
  return sum(lookup, quotient(missedMs, perSecond));
}
