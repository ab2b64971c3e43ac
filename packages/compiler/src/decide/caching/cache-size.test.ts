import { expect, test } from "vitest";
import { verdictOf, type Verdict } from "../testing.ts";
import { cache } from "./cache.ts";
import { cacheSize } from "./cache-size.ts";
import { library } from "./testing.ts";

const decided = (peak: number, rows: number): Verdict =>
  verdictOf(library("1h"), "cache-size", { "orders.findOrders.peak": peak, "orders.Order.rows": rows }, [cache, cacheSize]);

test("without a cache it holds nothing", () => {
  const { chosen, options } = decided(10, 10_000);
  expect(chosen).toBe("none");
  expect(options["1-gb"]?.ruledOutBy).toContain("memory without a cache is for nothing");
});

test("the smallest size that reaches the hit share is taken, and the next where rows outgrow it", () => {
  for (const [rows, size] of [
    [3_000, "64-mb"],
    [30_000, "256-mb"],
    [400_000, "4-gb"],
    [3_000_000, "16-gb"],
  ] as const)
    expect([rows, decided(30_000, rows).chosen]).toEqual([rows, size]);
});

test("the size that is taken reaches the goal, and the one below it does not", () => {
  const { options } = decided(30_000, 400_000);
  expect(options["4-gb"]?.["hit-share"]).toBeGreaterThanOrEqual(0.8);
  expect(options["1-gb"]?.["hit-share"]).toBeLessThan(0.8);
  expect(options["1-gb"]?.ruledOutBy).toEqual(["what is popular has to fit, or the cache forgets before it is asked again"]);
});

test("a cache in the process holds what a process can spare", () => {
  expect(decided(30_000, 100_000).chosen).toBe("256-mb");
  expect(decided(30_000, 100_000).options["1-gb"]?.ruledOutBy).toEqual(["the memory is not there"]);
});

test("where no answer may be old there is no size to choose", () => {
  expect(() => verdictOf(library(), "cache-size", {}, [cache, cacheSize])).toThrow("There is no decision cache-size");
});
