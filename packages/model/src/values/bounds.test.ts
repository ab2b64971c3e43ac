import { expect, test } from "vitest";
import type { Field } from "../model/field.ts";
import { outOfBounds } from "./bounds.ts";

const fields: readonly Field[] = [
  { kind: "decimal", digits: 5, places: 2, name: "rating", min: 0, max: 5 },
  { kind: "date", name: "founded", min: "1800-01-01" },
  { kind: "duration", name: "lead", max: 7_776_000_000, optional: true },
];

test("values within their bounds, and those that were left out, are no fault", () => {
  expect(outOfBounds(fields, { rating: "5.00", founded: "1800-01-01", lead: null })).toEqual([]);
});

test("each value beyond its bounds is named by its place", () => {
  expect(outOfBounds(fields, { rating: "5.01", founded: "1799-12-31", lead: "91d" })).toEqual([
    { pointer: "/rating", detail: "must be at most 5" },
    { pointer: "/founded", detail: "must be at least 1800-01-01" },
    { pointer: "/lead", detail: "must be at most 90d" },
  ]);
});

test("a value in a list is named by its number", () => {
  const list: Field = { kind: "list", name: "a/b", fields };
  expect(outOfBounds([list], { "a/b": [{ rating: "1" }, { rating: "-1" }] })).toEqual([
    { pointer: "/a~1b/1/rating", detail: "must be at least 0" },
  ]);
});
