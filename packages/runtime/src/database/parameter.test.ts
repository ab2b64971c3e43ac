import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { toParameter } from "./parameter.ts";

// The reference is what pg itself does with a value.
const utils: unknown = createRequire(import.meta.url)("pg/lib/utils");
const prepareValue = (utils as { prepareValue(value: unknown): unknown }).prepareValue; // pg publishes no types for this file.

test.each([
  ["null", null],
  ["undefined", undefined],
  ["text", 'a "quoted" \\ text'],
  ["a number", 12.5],
  ["a bigint", 9_007_199_254_740_993n],
  ["true", true],
  ["false", false],
  ["bytes", Buffer.from([0, 255, 10])],
  ["an object", { amount: 1299, tags: ["a"] }],
  ["an empty array", []],
  ["an array of text", ["a", 'b"c', "d\\e", "", "NULL", "{}", ","]],
  ["an array with null", [1, null, undefined, 3]],
  [
    "a nested array",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ["an array of booleans", [true, false]],
  ["an array of objects", [{ a: 'x"y' }]],
])("%s is sent as pg sends it", (_name, value) => {
  expect(toParameter(value)).toEqual(prepareValue(value));
});

test("a typed array is sent as its bytes only", () => {
  expect(toParameter(new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2))).toEqual(Buffer.from([2, 3]));
});

test("bytes in an array are written as hex text", () => {
  expect(toParameter([Buffer.from([1, 255])])).toBe('{"\\\\x01ff"}');
});

test.each([
  ["2026-01-31T10:20:30.456Z", "2026-01-31T10:20:30.456Z"],
  ["+012026-01-31T00:00:00.000Z", "12026-01-31T00:00:00.000Z"],
  ["0000-06-01T00:00:00.000Z", "0001-06-01T00:00:00.000Z BC"],
  ["-000043-03-15T00:00:00.000Z", "0044-03-15T00:00:00.000Z BC"],
])("the date %s is sent in UTC as %s", (date, text) => {
  expect(toParameter(new Date(date))).toBe(text);
});

test("an invalid date is refused", () => {
  expect(() => toParameter(new Date("nonsense"))).toThrow("An invalid Date cannot be a parameter");
});

test("a function is refused", () => {
  expect(() => toParameter(() => 1)).toThrow("A function cannot be a parameter");
});
