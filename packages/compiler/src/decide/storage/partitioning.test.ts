import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { partitioning } from "./partitioning.ts";
import { ruleThatDecides } from "./testing.ts";

interface Case {
  readonly keep?: "30d" | "400d";
  readonly timed?: boolean;
  readonly uniques?: number;
}

function readings({ keep, timed = true, uniques = 0 }: Case = {}) {
  const Plant = context("plant");
  const code = (at: number) => (at < uniques ? t.text().max(20).unique() : t.text().max(20));
  const Reading = Plant.entity(
    "Reading",
    { id: t.id("rdg"), one: code(0), other: code(1), at: timed ? t.time().now() : t.time() },
    { expect: { rows: 1_000, growth: "1/s" } },
  );
  if (keep) Plant.job("forget", { every: "1d", body: ({ remove }) => remove(Reading, (row) => row.at.olderThan(keep)) });
  return modelOf([...sample().contexts, Plant]);
}

const alone = [partitioning, ruleThatDecides("database-size")];

const decide = (model: ReturnType<typeof readings>, rows: number, answers: Readonly<Record<string, number>> = {}, rules = alone) =>
  verdictOf(model, "partitioning:plant.Reading", { "plant.Reading.rows.horizon": rows, ...answers }, rules);

test("a hundred million rows are one table, more are split", () => {
  expect(decide(readings(), 100e6).chosen).toBe("none");
  const { chosen, options } = decide(readings(), 101e6);
  expect(chosen).toBe("by-hash");
  expect(options["none"]?.ruledOutBy).toEqual(["an index of Reading gets so deep and wide that vacuum takes hours"]);
  expect(options["by-hash"]).toMatchObject({ partitions: 3 });
});

test("a table whose rows go by the month is split by time once it has more than a million", () => {
  const model = readings({ keep: "30d" });
  expect(decide(model, 1e6).chosen).toBe("none");
  const { chosen, options } = decide(model, 1.1e6);
  expect(chosen).toBe("by-time");
  expect(options["none"]?.ruledOutBy).toEqual(["old rows of Reading are removed one by one, and vacuum has to follow"]);
  // Thirty days reach into two months.
  expect(options["by-time"]).toMatchObject({ partitions: 2 });
});

test("rows that go after a year are removed one by one until that costs more than to look after partitions", () => {
  // 0.12 ms for each row, at 117 for a core that is free to 70 %, against an hour.
  const model = readings({ keep: "400d" });
  expect(decide(model, 50e6, { "plant.Reading.growth": 4_000 }).chosen).toBe("none");
  expect(decide(model, 50e6, { "plant.Reading.growth": 4_500 }).chosen).toBe("by-time");
});

test("what does not fit into memory while it is read again and again is split by time", () => {
  const small = [partitioning, ruleThatDecides("database-size", "micro", { "memory-gigabytes": 1 })];
  const bytes = (count: number) => ({ "plant.Reading.hot-bytes": count });
  expect(decide(readings(), 10e6, bytes(1e9), small).chosen).toBe("none");
  const { chosen, options } = decide(readings(), 10e6, bytes(1.1e9), small);
  expect(chosen).toBe("by-time");
  expect(options["none"]?.ruledOutBy).toEqual(["what is read of Reading again and again would not fit into the memory of the database"]);
});

test("a unique value rules out partitions by time, a second one those by hash", () => {
  const one = decide(readings({ uniques: 1 }), 200e6).options;
  expect([one["by-time"]?.ruledOutBy, one["by-hash"]?.ruledOutBy]).toEqual([["a value can be unique only within a partition"], []]);
  const two = decide(readings({ uniques: 2 }), 200e6).options;
  expect(two["by-hash"]?.ruledOutBy).toEqual(["only the key by which rows are spread can be unique"]);
});

test("rows that do not say when they were made are not split by time", () => {
  expect(Object.keys(decide(readings({ timed: false }), 200e6).options)).toEqual(["none", "by-hash"]);
});

test("an entity of whose size the model says nothing has nothing to decide", () => {
  expect([...undecided(modelOf(sample().contexts), alone).byId.keys()]).toEqual([]);
});
