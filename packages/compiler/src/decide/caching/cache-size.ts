import { call, constant, exact, not, product, quotient, when, zero, type Formula } from "../../formulas/formula.ts";
import { cheHitShare } from "../../formulas/laws.ts";
import { bytesPerGigabyte } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtLeast, needAtMost, needThat, type Brief, type Decided, type DecisionRule, type OptionRule } from "../rule.ts";
import { processBytes } from "./cache.ts";
import { cachedReadsOf, popularity, staleQueries } from "./cached-reads.ts";

const largestBytes = constant("cache-size-largest", "memory of the largest cache offered", 256e9, "bytes", "general", "r6g.8xlarge");

const sizes = [
  { id: "64-mb", title: "64 MB", bytes: 64e6 },
  { id: "256-mb", title: "256 MB", bytes: 256e6 },
  { id: "1-gb", title: "1 GB", bytes: 1e9 },
  { id: "4-gb", title: "4 GB", bytes: 4e9 },
  { id: "16-gb", title: "16 GB", bytes: 16e9 },
  { id: "64-gb", title: "64 GB", bytes: 64e9 },
  { id: "256-gb", title: "256 GB", bytes: 256e9 },
] as const;

/** Catalogue of decisions, 19. Money is the cache's; here it only says that the smallest size that does is the best. */
export const cacheSize: DecisionRule = {
  id: "cache-size",
  area: "caching",
  question: "How much does the cache hold?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 19", "Che's approximation"],
  propose: (brief) => {
    const cache = brief.decidedIfAny("cache");
    return !cache || staleQueries(brief).length === 0 ? [] : [{ options: optionsOf(brief, cache) }];
  },
};

function optionsOf(brief: Brief, cache: Decided): readonly OptionRule[] {
  const { model, price } = brief;
  const { queries, entries, entryBytes } = cachedReadsOf(brief);
  const names = fewOf(queries.map(({ name }) => name));
  const isNone = cache.is("none");
  const roomMax = when(cache.is("in-process"), processBytes, largestBytes);
  const figures = (bytes: Formula): Pick<OptionRule, "figures" | "score"> => {
    const gigabytes = quotient(bytes, bytesPerGigabyte);
    const cost = product(gigabytes, price("redis-gigabyte"));
    return {
      figures: [
        { id: "gigabytes", words: "GB that it holds", unit: "count", formula: gigabytes },
        { id: "hit-share", words: "share of the reads that it answers", unit: "share", formula: hitShare(bytes) },
        { id: "memory-cost", words: "what its memory costs in a month, as the cache is billed", unit: "money", formula: cost },
      ],
      score: cost,
    };
  };
  return [
    {
      id: "none",
      title: "no memory for a cache",
      needs: [needThat(isNone, "the cache has to hold something")],
      ...figures(zero),
      because: `No cache is kept for ${names}, so there is nothing to hold.`,
      consequence: "A size has to be chosen when a cache comes.",
    },
    ...sizes.map(({ id, title, bytes }) => ({
      id,
      title: `a cache of ${title}`,
      needs: [
        needThat(not(isNone), "memory without a cache is for nothing"),
        needAtLeast(
          hitShare(exact(bytes)),
          cache.figure("hit-share"),
          "what is popular has to fit, or the cache forgets before it is asked again",
        ),
        needAtMost(exact(bytes), roomMax, "the memory is not there"),
      ],
      ...figures(exact(bytes)),
      because: `${title} is the least that holds the popular answers of ${names} until they may be too old.`,
      consequence: `When the rows that ${model.name} reads grow beyond it, hits fall slowly at first and then fast.`,
    })),
  ];

  function hitShare(bytes: Formula): Formula {
    return call(cheHitShare, quotient(bytes, entryBytes), entries, popularity);
  }
}
