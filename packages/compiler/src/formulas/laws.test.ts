import { expect, test } from "vitest";
import { cheHitShare, erlangC, waitP99 } from "./laws.ts";

/** Exact figures of a study of queues: arrivals by a server's speed, servers, chance of waiting. */
const queues: readonly (readonly [load: number, servers: number, chance: number])[] = [
  [0.5, 1, 0.5],
  [0.8, 1, 0.8],
  [0.9, 1, 0.9],
  [0.95, 1, 0.95],
  [1.6, 2, 0.7111111],
  [3, 4, 0.509434],
  [4, 5, 0.5541126],
  [8, 10, 0.4091802],
  [9, 10, 0.6687315],
  [45, 50, 0.3638645],
  [90, 100, 0.2169405],
  [95, 100, 0.5064569],
];

test.each(queues)("with %d of %d servers busy Erlang's chance of waiting is %d", (load, servers, chance) => {
  expect(erlangC(load, servers)).toBeCloseTo(chance, 6);
});

test.each(queues)("with %d of %d servers busy one in a hundred waits longer than the p99 of the wait", (load, servers, chance) => {
  const wait = waitP99.value(load, servers, 20) / 20;
  expect(chance * Math.exp(-(servers - load) * wait)).toBeCloseTo(0.01, 6);
});

test("servers that cannot keep up let everybody wait, without an end", () => {
  expect(erlangC(4, 4)).toBe(1);
  expect(waitP99.value(4, 4.9, 20)).toBe(Number.POSITIVE_INFINITY);
});

test("nobody waits where fewer than one in a hundred find all servers busy", () => {
  expect(waitP99.value(0.1, 4, 20)).toBe(0);
});

/** Exact sums over all items, which a simulation of the cache met within 0.1 %: size, items, exponent of Zipf's law, hit share. */
const caches: readonly (readonly [size: number, items: number, exponent: number, hitShare: number])[] = [
  [1e2, 1e4, 0.8, 0.15662],
  [1e3, 1e4, 0.8, 0.43666],
  [1e3, 1e5, 1, 0.50617],
  [1e4, 1e5, 1, 0.73734],
  [1e5, 1e6, 0.99, 0.76634],
  [1e4, 1e6, 1.2, 0.87536],
];

test.each(caches)("a cache of %d of %d items hits, for an exponent of %d, as often as %d", (size, items, exponent, hitShare) => {
  expect(Math.abs(cheHitShare.value(size, items, exponent) / hitShare - 1)).toBeLessThan(0.001);
});

test("a cache for everything always hits, and one for nothing never", () => {
  expect(cheHitShare.value(1_000, 1_000, 0.8)).toBe(1);
  expect(cheHitShare.value(0, 1_000, 0.8)).toBe(0);
});

test("a cache hits more the larger it is, and the more the popular are preferred, and less the more there is", () => {
  const steps = Array.from({ length: 400 }, (_, step) => step);
  const falls = (of: (step: number) => number): readonly number[] => steps.slice(1).filter((step) => of(step) < of(step - 1) - 1e-9);
  expect(falls((step) => cheHitShare.value(1.02 ** step, 1e5, 0.9))).toEqual([]);
  expect(falls((step) => cheHitShare.value(1_000, 1e6, 0.05 + step / 150))).toEqual([]);
  expect(falls((step) => -cheHitShare.value(1_000, 1_000 * 1.03 ** step, 0.9))).toEqual([]);
});
