import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

/** Readings with a time that nobody changes, and badges that are found by their id alone. */
function plant({ unique = false, states = false } = {}) {
  const { User } = sample();
  const Plant = context("plant");
  const machine = role("machine", User);
  const fields = { id: t.id("rdg"), at: t.time().now(), value: t.int() };
  const kept = { expect: { rows: 1_000, growth: "1000/day" } } as const;
  const said = { allow: [machine], input: { value: t.int() } } as const;
  const record = states ? recordStates() : recordValues();
  const Gate = context("gate");
  const Badge = Gate.entity("Badge", { id: t.id("bdg"), door: unique ? t.int().unique() : t.int() }, { expect: { rows: 1_000 } });
  const open = Gate.command("open", { allow: [machine], writes: [Badge], async handle() {} });
  return modelOf([Plant, Gate], { growth: "0%", load: [record, open].map((on) => ({ on, mean: "1/s", peak: "10/s" })) });

  function recordValues() {
    const Reading = Plant.entity("Reading", fields, kept);
    return Plant.command("record", { ...said, body: ({ input, create }) => void create(Reading, { value: input.value }) });
  }

  function recordStates() {
    const Reading = Plant.entity("Reading", { ...fields, status: t.state({ raw: ["checked"], checked: [] }) }, kept);
    return Plant.command("record", { ...said, body: ({ input, create }) => void create(Reading, { value: input.value }) });
  }
}

test("few rows stay in PostgreSQL, whatever they are", () => {
  expect(verdictOf(plant(), "database-class:plant").chosen).toBe("postgresql");
  expect(verdictOf(plant(), "database-class:gate").chosen).toBe("postgresql");
});

test("rows with a time that are never changed go to a time series database once PostgreSQL would have to be split for them", () => {
  expect(verdictOf(plant(), "database-class:plant", { "plant.record.peak": 23_000, "plant.record.mean": 20_000 }).chosen).toBe(
    "postgresql",
  );
  expect(verdictOf(plant(), "database-class:plant", { "plant.record.peak": 24_100, "plant.record.mean": 20_000 }).chosen).toBe(
    "time-series",
  );
});

test("rows that go through states are no time series", () => {
  const { chosen, options } = verdictOf(plant({ states: true }), "database-class:plant", {
    "plant.record.peak": 24_100,
    "plant.record.mean": 20_000,
  });
  expect(options["time-series"]?.ruledOutBy).toEqual(["what plant writes is changed again, or has no time to be ordered by"]);
  expect(chosen).not.toBe("time-series");
});

test("rows that a handler reads before it writes them are no time series", () => {
  const ruledOut = (reads: boolean) => {
    const { User } = sample();
    const Trends = context("trends");
    const Trend = Trends.entity("Trend", { id: t.id("trd"), hour: t.time(), most: t.int() }, { expect: { rows: 1_000 } });
    const allow = [role("meter", User)];
    const roll = Trends.command("roll", { allow, ...(reads && { reads: [Trend] }), writes: [Trend], async handle() {} });
    return verdictOf(modelOf([Trends], { load: [{ on: roll, mean: "1/s" }] }), "database-class:trends").options["time-series"]?.ruledOutBy;
  };
  expect(ruledOut(false)).toEqual([]);
  expect(ruledOut(true)).toEqual(["what trends writes is changed again, or has no time to be ordered by"]);
});

test("a short peak of rows that are found by their id is paid by the call", () => {
  const answers = { "gate.open.peak": 30_000, "gate.open.mean": 1 };
  expect(verdictOf(plant(), "database-class:gate", answers).chosen).toBe("key-value");
  const { chosen, options } = verdictOf(plant({ unique: true }), "database-class:gate", answers);
  expect(chosen).toBe("postgresql");
  expect(options["key-value"]?.ruledOutBy).toEqual(["gate relies on rules over its rows that the database would not keep"]);
  expect(options["document"]?.ruledOutBy).toEqual(["gate relies on rules over its rows that the database would not keep"]);
});

test("rows that are written without a pause are cheaper in copies of documents than by the call", () => {
  expect(verdictOf(plant(), "database-class:gate", { "gate.open.peak": 70_000, "gate.open.mean": 40_000 }).chosen).toBe("document");
});

test("what another database keeps does not burden PostgreSQL", () => {
  const answers = { "plant.record.peak": 24_100, "plant.record.mean": 20_000 };
  expect(verdictOf(plant(), "database", answers).chosen).toBe("postgres-1");
});

test("a context that keeps nothing has no database to choose", () => {
  const Mirror = context("mirror");
  Mirror.query("show", {
    returns: { word: t.text() },
    async handle() {
      return { word: "" };
    },
  });
  expect(() => verdictOf(modelOf([...sample().contexts, Mirror]), "database-class:mirror")).toThrow(
    "There is no decision database-class:mirror",
  );
});
