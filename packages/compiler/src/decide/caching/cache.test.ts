import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { cache } from "./cache.ts";
import { library } from "./testing.ts";

const decided = (stale: "1s" | "1h" | undefined, answers: { peak: number; rows?: number }): Verdict =>
  verdictOf(library(stale), "cache", { "orders.findOrders.peak": answers.peak, "orders.Order.rows": answers.rows ?? 10_000 }, [cache]);

test("a cache in the process pays where it saves half an hour's worth of database in a month", () => {
  expect(decided("1h", { peak: 1_300 }).chosen).toBe("none");
  expect(decided("1h", { peak: 1_340 }).chosen).toBe("in-process");
});

test("Redis pays where what is read does not fit into the memory of a process", () => {
  expect(decided("1h", { peak: 30_000, rows: 30_000 }).chosen).toBe("in-process");
  const { chosen, options } = decided("1h", { peak: 30_000, rows: 1_000_000 });
  expect(chosen).toBe("redis");
  expect(options["in-process"]?.["hit-share"]).toBeLessThan(0.35);
  expect(options["redis"]?.["hit-share"]).toBeCloseTo(0.8, 6);
});

test("answers that may not be old are not kept, however many there are", () => {
  const { chosen, options } = decided(undefined, { peak: 100_000 });
  expect(chosen).toBe("none");
  expect(options["redis"]?.ruledOutBy).toEqual(["an answer that may not be a moment old cannot be kept"]);
});

test("answers that expire at once are hardly ever found", () => {
  const second = Number(decided("1s", { peak: 100 }).options["redis"]?.["hit-share"]);
  expect(second).toBeLessThan(0.15);
  expect(Number(decided("1h", { peak: 100 }).options["redis"]?.["hit-share"])).toBeGreaterThan(0.7);
});

test("a database that the reading outgrows needs a cache", () => {
  const { chosen, options } = decided("1h", { peak: 150_000 });
  expect(chosen).toBe("in-process");
  expect(options["none"]?.ruledOutBy).toEqual(["even the largest database has no more cores than that for reading what no cache answers"]);
});

test("a cache that must not go cold is no cure", () => {
  const { options } = decided("1h", { peak: 500_000 });
  expect(options["redis"]?.ruledOutBy).toContain("a cache that comes back empty would take the database down with it");
});

test("the database is never made smaller than what an empty cache asks of it", () => {
  const { redis } = decided("1h", { peak: 30_000 }).options;
  expect(redis?.["cold-surge"]).toBeCloseTo(5, 6);
  expect(redis?.["database-relief"]).toBeCloseTo(0.7 * (1 - 0.5), 9);
});

test("a model without queries has nothing to keep", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "cache", {}, [cache])).toThrow("There is no decision cache");
});
