import {
  call,
  ceiling,
  constant,
  difference,
  greatest,
  least,
  named,
  one,
  product,
  quotient,
  sum,
  zero,
  type Formula,
} from "../../formulas/formula.ts";
import { cheHitShare } from "../../formulas/laws.ts";
import { bytesPerGigabyte, hoursPerMonth } from "../../quantities/given.ts";
import { databaseUse } from "../database-core-price.ts";
import { fewOf } from "../listing.ts";
import type { Brief, DecisionRule, OptionRule } from "../rule.ts";
import { cacheOption, shedWhileCold, type Served } from "./cache-option.ts";
import { cachedReadsOf, popularity } from "./cached-reads.ts";

/** Shared with the decision about the size. */
export const processBytes = constant(
  "cache-process-bytes",
  "memory that a process gives to a cache",
  256e6,
  "bytes",
  "general",
  "an eighth of 2 GB",
);
const lookupMs = constant("cache-lookup", "a look into Redis", 0.5, "ms", "general", "a round trip within a zone", [0.2, 1.5]);
const redisAvailability = constant(
  "cache-redis-availability",
  "availability of a managed Redis",
  0.999,
  "share",
  "general",
  "usual promise of its providers",
);
const inProcessHours = constant("cache-in-process-hours", "upkeep of a cache in the process", 0.5, "hours", "general", "to be calibrated");
const redisHours = constant("cache-redis-hours", "upkeep of a managed Redis", 2, "hours", "general", "upgrades, alarms, sizing");
const redisFirst = constant("cache-redis-first", "memory of the smallest Redis", 0.5, "count", "general", "t4g.micro, in GB");

/** Catalogue of decisions, 18. */
export const cache: DecisionRule = {
  id: "cache",
  area: "caching",
  question: "Are answers kept, so that they need not be read again?",
  evidence: "sourced",
  sources: [
    "catalogue of decisions, 18",
    "Che's approximation",
    "OSDI'22, Metastable failures in the wild: look-aside caches that go cold",
  ],
  propose: (brief) => {
    const queries = brief.model.operations.filter(({ kind, reads }) => kind === "query" && reads.length > 0);
    return queries.length === 0 ? [] : [{ options: optionsOf(brief, queries.length) }];
  },
};

function optionsOf(brief: Brief, queryCount: number): readonly OptionRule[] {
  const { model, price, quantities } = brief;
  const reads = cachedReadsOf(brief);
  const { queries, bytes } = reads;
  const names = fewOf(queries.map(({ name }) => name)) || "none of its queries";
  const processes = processesOf(brief);
  const kept = least(bytes, processBytes);
  const gigabytes = quotient(bytes, bytesPerGigabyte);
  const redisCost = sum(
    product(price("redis-small"), hoursPerMonth),
    product(price("redis-gigabyte"), greatest(zero, difference(gigabytes, redisFirst))),
  );
  const memoryCost = product(price("memory-hour"), hoursPerMonth, processes, quotient(kept, bytesPerGigabyte));
  const inProcessHit = call(cheHitShare, quotient(kept, reads.entryBytes), reads.entries, popularity);
  const none: Served = { hitOf: () => zero, lookup: zero, availability: one };
  const inProcess: Served = {
    hitOf: (id) => least(inProcessHit, reads.expiryHitShareOf(id, quotient(quantities.load.peakOf(id), processes))),
    lookup: zero,
    availability: one,
  };
  const redis: Served = {
    hitOf: (id) => least(reads.targetHitShare, reads.expiryHitShareOf(id, quantities.load.peakOf(id))),
    lookup: lookupMs,
    availability: difference(one, product(difference(one, redisAvailability), shedWhileCold)),
  };
  return [
    cacheOption(brief, reads, none, {
      id: "none",
      title: "no cache",
      bill: [],
      hoursPerMonth: zero,
      because:
        queries.length === 0
          ? `None of the ${queryCount} queries of ${model.name} says that its answer may be older than the data.`
          : `The database can answer ${names} itself for less than a cache and its upkeep cost.`,
      consequence: "Every read reaches the database, which has to be large enough for the peak.",
    }),
    cacheOption(brief, reads, inProcess, {
      id: "in-process",
      title: "a cache in the memory of each process",
      bill: [{ component: "cache", words: "memory of the processes for kept answers", cost: memoryCost }],
      hoursPerMonth: inProcessHours,
      because: `Answers of ${names} may be a little old, and the process that fetched one hands it out again without asking anybody.`,
      consequence: "Each process fetches for itself, so that two of them may answer differently until an entry expires.",
    }),
    cacheOption(brief, reads, redis, {
      id: "redis",
      title: "Redis beside the database",
      bill: [{ component: "cache", words: "a managed Redis with room for the kept answers", cost: redisCost }],
      hoursPerMonth: redisHours,
      because: `Answers of ${names} may be a little old, and what one process fetched serves all of them.`,
      consequence: "A second system holds copies of rows, and when it comes back empty the database takes the whole load at once.",
    }),
  ];
}

/** How many hold a cache of their own: enough for the work, and one that may fail. */
function processesOf({ quantities: { work } }: Brief): Formula {
  return named(
    "cache.processes",
    "processes that would each hold a cache of their own",
    "count",
    sum(ceiling(quotient(work.applicationCores, databaseUse)), one),
  );
}
