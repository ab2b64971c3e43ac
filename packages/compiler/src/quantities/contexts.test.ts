import { expect, test } from "vitest";
import { context, role, t } from "@archwright/model/language";
import { modelOf } from "../lint/testing.ts";
import type { ContextData } from "./contexts.ts";
import { reckoned } from "./testing.ts";

/** Meters report values ten times a second at the peak, and somebody looks at pages of them: once at what is there, once at what was. */
function meters(stale: "2s" | "500ms" = "2s") {
  const Meters = context("meters");
  const Meter = Meters.entity("Meter", { id: t.id("mtr") });
  const meter = role("meter", Meter);
  const Value = Meters.entity("Value", { id: t.id("val"), meter: t.ref(Meter), watts: t.int() });
  const report = Meters.command("report", {
    allow: [meter],
    input: { watts: t.int() },
    body: ({ input, me, create }) => void create(Value, { meter: me.id, watts: input.watts }),
  });
  const now = Meters.query("now", { allow: [meter], returns: t.page(Value), body: ({ page }) => page(Value) });
  const lately = Meters.query("lately", { allow: [meter], returns: t.page(Value), stale, body: ({ page }) => page(Value) });
  const { value } = reckoned(
    modelOf([Meters], {
      load: [
        { on: report, mean: "5/s", peak: "10/s" },
        { on: now, mean: "1/s", peak: "3/s" },
        { on: lately, mean: "1/s", peak: "4/s" },
      ],
    }),
  );
  return (fact: keyof ContextData): number => value(({ dataOf }) => dataOf("meters")[fact]);
}

/** Milliseconds of a page, and of a row that is written in a transaction of its own. */
const [page, write] = [0.3, 0.37];

test("cores of a context are busy with its reads and its writes", () => {
  const of = meters();
  expect(of("readCores")).toBeCloseTo((7 * page) / 1_000, 12);
  expect(of("writeCores")).toBeCloseTo((10 * write) / 1_000, 12);
  expect(of("meanCores")).toBeCloseTo((2 * page + 5 * write) / 1_000, 12);
  expect(of("meanOverPeak")).toBeCloseTo((2 * page + 5 * write) / (7 * page + 10 * write), 12);
});

test("reads may be late that may be late by as much as a replica lags", () => {
  expect(meters("2s")("lateReadCores")).toBeCloseTo((4 * page) / 1_000, 12);
  expect(meters("500ms")("lateReadCores")).toBe(0);
});

test("every run is a transaction, and those of commands commit", () => {
  const of = meters();
  expect(of("transactions")).toBe(17);
  expect(of("commits")).toBe(10);
});

test("a page visits twenty rows, and a write one", () => {
  const of = meters();
  expect(of("rowsRead")).toBe(7 * 20 + 10);
  expect(of("rowsWritten")).toBe(10);
});

test("a row that is written is logged with its indexes", () => {
  // Of the id, and of the meter.
  expect(meters()("logBytes")).toBe(10 * (224 + 2 * 77));
});

test("what is at hand is a share of all rows, and no more than is asked for in a week", () => {
  const Meters = context("meters");
  const Value = Meters.entity("Value", { id: t.id("val"), watts: t.int() }, { expect: { rows: 1_000_000_000, growth: "0/s" } });
  const show = Meters.query("show", {
    allow: "anyone",
    input: { value: t.ref(Value) },
    returns: Value,
    body: ({ input, get }) => get(Value, input.value),
  });
  const of = (mean: "1/s" | "100000/s") =>
    reckoned(modelOf([Meters], { load: [{ on: show, mean }] })).value(({ dataOf }) => dataOf("meters").hotBytes);
  const bytes = reckoned(modelOf([Meters], { load: [{ on: show, mean: "1/s" }] })).value(({ volume }) => volume.bytesOf("meters.Value"));
  expect(of("1/s")).toBeCloseTo((7 * 86_400 * bytes) / 1e9, 3);
  expect(of("100000/s") / bytes).toBeCloseTo(0.2, 9);
});
