import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

/** Entries that are written, read at once and read late. Their numbers are unique, which keeps them in PostgreSQL. */
function ledger(stale?: "5s", cache: "none" | "redis" = "none") {
  const { User } = sample();
  const Ledger = context("ledger");
  const keeper = role("keeper", User);
  const Entry = Ledger.entity("Entry", { id: t.id("ent"), number: t.int().unique() });
  const add = Ledger.command("add", {
    allow: [keeper],
    input: { number: t.int() },
    body: ({ input, create }) => void create(Entry, { number: input.number }),
  });
  const list = Ledger.query("list", { allow: [keeper], returns: t.page(Entry), ...(stale && { stale }), body: ({ page }) => page(Entry) });
  return modelOf([Ledger], {
    growth: "0%",
    load: [add, list].map((on) => ({ on, mean: "1/s", peak: "2/s" })),
    pin: { cache: { choose: cache, because: "the test is about the database" } },
  });
}

test("one primary holds what it can write and read", () => {
  expect(verdictOf(ledger(), "database").chosen).toBe("postgres-1");
});

test("beyond 60 % of what a primary can commit the data are split", () => {
  expect(verdictOf(ledger(), "database", { "ledger.add.peak": 24_000 }).chosen).toBe("postgres-1");
  const { chosen, options } = verdictOf(ledger(), "database", { "ledger.add.peak": 24_001 });
  expect(chosen).toBe("postgres-sharded");
  expect(options["postgres-1"]?.ruledOutBy).toEqual([
    "what sample will write leaves one primary too little for vacuum, backups and a bad day",
  ]);
  expect(options["postgres-sharded"]).toMatchObject({ primaries: 2, "read-replicas": 0 });
});

test("growth that crosses the limit before the horizon splits the data today", () => {
  const answers = { "ledger.add.peak": 12_100 };
  expect(verdictOf(ledger(), "database", { ...answers, growth: 0.4 }).chosen).toBe("postgres-1");
  expect(verdictOf(ledger(), "database", { ...answers, growth: 0.41 }).chosen).toBe("postgres-sharded");
});

/** However seldom a row is asked for. */
const everyRowIsWanted = { "constant.hot-days": 1e12 };

test("3 TB that are read again and again are split", () => {
  expect(verdictOf(ledger(), "database", { ...everyRowIsWanted, "ledger.Entry.bytes": 14.9e12 }).chosen).toBe("postgres-1");
  const { chosen, options } = verdictOf(ledger(), "database", { ...everyRowIsWanted, "ledger.Entry.bytes": 15.1e12 });
  expect(chosen).toBe("postgres-sharded");
  expect(options["postgres-1"]?.ruledOutBy).toContain("what is read again and again no longer fits beside one primary");
});

/** Pages of 0.3 ms: the largest primary bears 44.8 / 1.25 busy cores. */
const readsAtTheLimit = (44.8 / 1.25 / 0.3) * 1_000;

test("rows that neither memory nor the disk can bring fast enough are split", () => {
  // Of 2.8 TB the largest machine has 384 GB at hand, and its disk brings two rows with each of 80,000 reads: 9,271 pages of 20.
  const answers = { ...everyRowIsWanted, "ledger.Entry.bytes": 14e12 };
  expect(verdictOf(ledger(), "database", { ...answers, "ledger.list.peak": 9_260 }).chosen).toBe("postgres-1");
  const { chosen, options } = verdictOf(ledger(), "database", { ...answers, "ledger.list.peak": 9_280 });
  expect(chosen).toBe("postgres-sharded");
  expect(options["postgres-1"]?.ruledOutBy).toEqual([
    "not even the largest machine has enough of the data at hand, and its disk is not that fast",
  ]);
  expect(verdictOf(ledger(), "database-size", { ...answers, "ledger.list.peak": 9_280 }).options["16xlarge"]?.ruledOutBy).toEqual([]);
});

test("late reads beyond the largest primary go to replicas", () => {
  expect(verdictOf(ledger("5s"), "database", { "ledger.list.peak": readsAtTheLimit - 10 }).chosen).toBe("postgres-1");
  const { chosen, options } = verdictOf(ledger("5s"), "database", { "ledger.list.peak": readsAtTheLimit * 2.5 });
  expect(chosen).toBe("postgres-replicas");
  expect(options["postgres-replicas"]).toMatchObject({ primaries: 1, "read-replicas": 3 });
});

test("what a cache answers needs no replica", () => {
  expect(verdictOf(ledger("5s", "redis"), "database", { "ledger.list.peak": readsAtTheLimit + 10 }).chosen).toBe("postgres-1");
});

test("reads that may not be late cannot leave their primary, which is split", () => {
  const { chosen, options } = verdictOf(ledger(), "database", { "ledger.list.peak": readsAtTheLimit + 10 });
  expect(chosen).toBe("postgres-sharded");
  expect(options["postgres-replicas"]?.ruledOutBy).toEqual([
    "no larger machine can be had for the primary, and reads crowd out its writes",
  ]);
});

test("an answer that may be late by less than a replica lags is the primary's", () => {
  const { options } = verdictOf(ledger("5s"), "database", { "ledger.list.stale": 999, "ledger.list.peak": readsAtTheLimit + 10 });
  expect(options["postgres-replicas"]?.ruledOutBy).toHaveLength(1);
});

test("a model that keeps nothing has no database to choose", () => {
  const Mirror = context("mirror");
  Mirror.query("show", {
    returns: { word: t.text() },
    async handle() {
      return { word: "" };
    },
  });
  expect(() => verdictOf(modelOf([Mirror]), "database")).toThrow("There is no decision database");
});
