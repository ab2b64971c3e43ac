import fc from "fast-check";
import { expect, test } from "vitest";
import { durationPattern, durationToMs, msToDuration } from "./duration.ts";

test.each([
  ["90d", 7_776_000_000],
  ["1.5h", 5_400_000],
  ["30s", 30_000],
  ["400ms", 400],
  ["0ms", 0],
])("%s is %i milliseconds", (text, ms) => {
  expect(durationToMs(text)).toBe(ms);
});

test("milliseconds are said in the longest unit that leaves no remainder", () => {
  expect([7_776_000_000, 90_000, 1_500, 86_400_000].map(msToDuration)).toEqual(["90d", "90s", "1500ms", "1d"]);
});

test("a number of milliseconds comes back from its text", () => {
  fc.assert(
    fc.property(fc.nat({ max: 99_999_999 }), (ms) => {
      expect(msToDuration(ms)).toMatch(new RegExp(durationPattern));
      expect(durationToMs(msToDuration(ms))).toBe(ms);
    }),
  );
});

test("every text that the pattern admits is a whole number of milliseconds", () => {
  fc.assert(
    fc.property(fc.stringMatching(new RegExp(durationPattern)), (text) => {
      expect(durationToMs(text)).toSatisfy(Number.isSafeInteger);
    }),
  );
});

test("a text without a unit is refused", () => {
  expect(() => durationToMs("90")).toThrow('A duration looks like "90d", "30s" or "400ms", not "90".');
});
