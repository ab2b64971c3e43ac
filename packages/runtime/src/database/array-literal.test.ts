import fc from "fast-check";
import { expect, test } from "vitest";
import { parseArrayLiteral } from "./array-literal.ts";
import { toParameter } from "./parameter.ts";

const asText = (text: string): string => text;

test("an empty array has no items", () => {
  expect(parseArrayLiteral("{}", asText)).toEqual([]);
});

test("NULL is null, and quoted it is a word", () => {
  expect(parseArrayLiteral('{NULL,"NULL"}', asText)).toEqual([null, "NULL"]);
});

test("more dimensions are nested arrays", () => {
  expect(parseArrayLiteral("{{1,2},{3,4}}", Number)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("bounds in front of an array are passed over", () => {
  expect(parseArrayLiteral("[0:1]={a,b}", asText)).toEqual(["a", "b"]);
});

test("an array without an end is refused", () => {
  expect(() => parseArrayLiteral('{"a', asText)).toThrow("has no end");
});

test("any array of text is read as it was written", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: "grapheme" }))), (items) => {
      expect(parseArrayLiteral(String(toParameter(items)), asText)).toEqual(items);
    }),
  );
});
