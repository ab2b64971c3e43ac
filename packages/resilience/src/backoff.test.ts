import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

test("the longest pause doubles with every retry up to the cap", () => {
  const longest = [1, 2, 3, 4, 5, 1_000].map((retry) => backoffMs(retry, { baseMs: 100, capMs: 1_000 }, () => 1));
  expect(longest).toEqual([100, 200, 400, 800, 1_000, 1_000]);
});

test("a Retry-After is waited out in full, with the jitter on top", () => {
  expect(backoffMs(1, { baseMs: 100 }, () => 0, 3_000)).toBe(3_000);
  expect(backoffMs(1, { baseMs: 100 }, () => 0.5, 3_000)).toBe(3_050);
});

test("numbers out of range are refused with the range", () => {
  expect(() => backoffMs(0, {}, Math.random)).toThrow("retry is 0: it must be a whole number from 1 to 1000.");
  expect(() => backoffMs(1, {}, () => 7)).toThrow("random() is 7: it must be a number from 0 to 1.");
  expect(() => backoffMs(1, {}, Math.random, Number.NaN)).toThrow("retryAfterMs is NaN: it must be a number from 0 to 86400000.");
});

test("law: the jitter is full: every pause from nothing to the longest is as likely", () => {
  const numbers = { retry: fc.integer({ min: 1, max: 40 }), draw: fc.double({ min: 0, max: 1, noNaN: true }) };
  fc.assert(
    fc.property(fc.record(numbers), fc.integer({ min: 1, max: 5_000 }), ({ retry, draw }, baseMs) => {
      const longestMs = backoffMs(retry, { baseMs, capMs: 60_000 }, () => 1);
      expect(longestMs).toBeLessThanOrEqual(60_000);
      expect(backoffMs(retry, { baseMs, capMs: 60_000 }, () => draw)).toBeCloseTo(draw * longestMs, 6);
    }),
  );
});
