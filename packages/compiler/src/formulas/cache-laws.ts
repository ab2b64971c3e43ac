import type { Law } from "./formula.ts";
import { blocksOf, type Block } from "./laws.ts";

/** Further laws of caches whose items are popular by Zipf's law, each monotone in every argument. */

/** How many entries a cache of the most recently used must hold to answer a share of the requests: Che's approximation the other way round. */
export const entriesForHitShare: Law = {
  name: "the entries that a least-recently-used cache needs for a hit share (Che)",
  source: "Che's approximation for a Zipf popularity, solved for the size",
  directions: ["up", "up", "down"],
  value: (hitShare, items, exponent) => {
    if (hitShare <= 0 || items <= 0) return 0;
    if (hitShare >= 1) return items;
    const blocks = blocksOf(items, exponent);
    const time = timeThatHits(blocks, hitShare);
    return blocks.reduce((total, { count, share }) => total + count * (1 - Math.exp(-share * time)), 0);
  },
};

/**
 * The share of requests that a cache answers which forgets each entry so many seconds after it was fetched, and has room for all.
 * Source: h = Σ pᵢ · λpᵢT / (1 + λpᵢT): of the requests between two fetches all but the first are hits.
 */
export const expiryHitShare: Law = {
  name: "the hit share of a cache whose entries expire",
  source: "renewal of each entry under Poisson requests, Zipf popularity",
  directions: ["up", "up", "down", "up"],
  value: (perSecond, seconds, items, exponent) => {
    const within = perSecond * seconds;
    if (!(within > 0) || items <= 0) return 0;
    if (within === Number.POSITIVE_INFINITY) return 1;
    return blocksOf(items, exponent).reduce(
      (total, { count, share }) => total + (count * share * share * within) / (1 + share * within),
      0,
    );
  },
};

/** The share of requests that ask for the most popular of so many items. */
export const mostPopularShare: Law = {
  name: "the share of the most popular of many (Zipf)",
  source: "Zipf's law: p₁ = 1 / Σ i^−α",
  directions: ["down", "up"],
  value: (items, exponent) => blocksOf(items, exponent)[0]?.share ?? 1,
};

/** Newton's method from the left of the root of a curve that bends down, which it never oversteps. */
function timeThatHits(blocks: readonly Block[], hitShare: number): number {
  let time = 0;
  for (let step = 0; step < stepsMax; step += 1) {
    let value = 0;
    let slope = 0;
    for (const { count, share } of blocks) {
      const missing = Math.exp(-share * time);
      value += count * share * (1 - missing);
      slope += count * share * share * missing;
    }
    if (hitShare - value <= 1e-9 * hitShare || slope <= 0) break;
    time += (hitShare - value) / slope;
  }
  return time;
}

const stepsMax = 200;
