import { expect, test } from "vitest";
import { given } from "../quantities/given.ts";
import { bisect, triedValues } from "./scan.ts";

test("a rate is tried from its own value to a thousand times as much, and down to a thousandth", () => {
  const rate = given("rate", "rate", "/s", 100, "x");
  const [up, down] = [triedValues(rate, "up"), triedValues(rate, "down")];
  expect([up[0], (up.at(-1) ?? 0) > 100_000]).toEqual([102, true]);
  expect([(down[0] ?? 0).toFixed(3), (down.at(-1) ?? 1) < 0.1]).toEqual(["98.039", true]);
});

test("an availability is tried by what it lacks of 1, and never reaches it", () => {
  const tried = triedValues(given("a", "a", "share", 0.999, "x"), "up");
  expect(tried.every((share) => share > 0.999 && share < 1)).toBe(true);
});

test("a share stays a share", () => {
  expect(Math.max(...triedValues(given("s", "s", "share", 0.3, "x"), "up"))).toBeLessThanOrEqual(1);
});

test("people are tried as whole ones at the least", () => {
  expect(Math.min(...triedValues(given("p", "p", "people", 3, "x"), "down"))).toBeGreaterThanOrEqual(1);
});

test("yes is tried as no", () => {
  const yes = given("y", "y", "yes/no", 1, "x");
  expect([triedValues(yes, "up"), triedValues(yes, "down")]).toEqual([[], [0]]);
});

test("nothing is tried as a little", () => {
  expect((triedValues(given("z", "z", "count", 0, "x"), "up").at(-1) ?? 0) > 100).toBe(true);
});

test("bisection finds the first value that no longer holds", () => {
  expect(bisect(1, 1_000, (value) => value <= 123.4)).toBeCloseTo(123.4, 2);
  expect(bisect(1, 0.001, (value) => value >= 0.5)).toBeCloseTo(0.5, 4);
});

test("few are tried one by one too, and nobody is tried as half a person", () => {
  expect(triedValues(given("p", "p", "people", 3, "x"), "down").filter(Number.isInteger)).toEqual([2, 1]);
  expect(Math.min(...triedValues(given("p", "p", "people", 3, "x"), "down"))).toBe(1);
  expect(triedValues(given("c", "c", "count", 2, "x"), "up", "near").filter(Number.isInteger)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
});
