import type { Law } from "./formula.ts";

/** Laws of queues and caches, each monotone in every argument. */

/**
 * The chance that whoever arrives has to wait, with Poisson arrivals and `servers` of equal speed.
 *
 * @param load Arrivals × service time: how many servers are busy on the average.
 * @returns 1 where the servers cannot keep up.
 */
export function erlangC(load: number, servers: number): number {
  if (servers <= 0 || load >= servers) return 1;
  let blocked = 1;
  for (let server = 1; server <= servers; server += 1) {
    blocked = (load * blocked) / (server + load * blocked);
    // With every further server it only falls.
    if (blocked < 1e-12) return 0;
  }
  const use = load / servers;
  return blocked / (1 - use + use * blocked);
}

/**
 * The wait that one of a hundred exceeds, in the unit of the service time, for M/M/c.
 * Source: P(W > t) = C e^{-(c - a) t / S}; catalogue of decisions, 1 (replicas).
 */
export const waitP99: Law = {
  name: "the wait of one in a hundred (Erlang C)",
  source: "Erlang C: P(wait > t) = C·e^(−(c−a)·t/S)",
  directions: ["up", "down", "up"],
  value: (load, servers, service) => {
    const whole = Math.floor(servers);
    if (load >= whole) return Number.POSITIVE_INFINITY;
    const chance = erlangC(load, whole);
    return chance <= 0.01 ? 0 : (service * Math.log(chance / 0.01)) / (whole - load);
  },
};

/**
 * The share of requests that a cache of the most recently used answers, when the popularity of `items` follows Zipf's law.
 * Source: Che's approximation, h = Σ pᵢ (1 − e^{−pᵢ T}) with T from Σ (1 − e^{−pᵢ T}) = size; sums over ranks are taken in blocks of equal ratio.
 */
export const cheHitShare: Law = {
  name: "the hit share of a least-recently-used cache (Che)",
  source: "Che's approximation for a Zipf popularity",
  directions: ["up", "down", "up"],
  value: (size, items, exponent) => {
    if (size <= 0 || items <= 0) return 0;
    if (size >= items) return 1;
    const blocks = blocksOf(items, exponent);
    const time = timeThatFills(blocks, size);
    let hits = 0;
    for (const { count, share } of blocks) hits += count * share * (1 - Math.exp(-share * time));
    return hits;
  },
};

export interface Block {
  readonly count: number;
  readonly share: number;
}

/** After how many requests `size` different items have been asked for: Newton's method on logarithms, in which the curve is nearly straight. */
function timeThatFills(blocks: readonly Block[], size: number): number {
  let time = size;
  for (let step = 0; step < 50; step += 1) {
    let filled = 0;
    let slope = 0;
    for (const { count, share } of blocks) {
      const missing = Math.exp(-share * time);
      filled += count * (1 - missing);
      slope += count * share * missing;
    }
    const missingRatio = Math.log(size / filled);
    if (Math.abs(missingRatio) < 1e-5) break;
    // Where nearly everything fits the curve is flat, and a step by its slope alone would leap out of sight.
    time *= Math.min(100, Math.max(0.01, Math.exp((missingRatio * filled) / (slope * time))));
  }
  return time;
}

/** Of the last popularity asked for: the options of a decision ask one after another for the same one. */
let latest: { readonly items: number; readonly exponent: number; readonly blocks: readonly Block[] } | undefined;

/** By Zipf's law: rank by rank for the most popular, then ever longer blocks whose items share their mean popularity. */
export function blocksOf(items: number, exponent: number): readonly Block[] {
  const whole = Math.max(1, Math.floor(items));
  if (latest?.items !== whole || latest.exponent !== exponent) latest = { items: whole, exponent, blocks: newBlocks(whole, exponent) };
  return latest.blocks;
}

function newBlocks(whole: number, exponent: number): readonly Block[] {
  const ranks: { from: number; until: number }[] = [];
  for (let from = 1; from <= whole;) {
    const until = Math.min(whole + 1, Math.max(from + 1, Math.floor(from * 1.1)));
    ranks.push({ from, until });
    from = until;
  }
  const weights = ranks.map(({ from, until }) => Math.sqrt(from * (until - 1)) ** -exponent);
  const total = ranks.reduce((all, { from, until }, index) => all + (until - from) * (weights[index] ?? 0), 0);
  return ranks.map(({ from, until }, index) => ({ count: until - from, share: (weights[index] ?? 0) / total }));
}
