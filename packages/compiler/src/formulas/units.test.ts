import { expect, test } from "vitest";
import { atMost, constant, exact, product, quotient, sum, zero } from "./formula.ts";
import { formulaUnit } from "./units.ts";

const rate = constant("units-rate", "orders", 5, "/s", "general", "a test");
const time = constant("units-time", "a while", 2, "s", "general", "a test");
const wait = constant("units-wait", "a wait", 200, "ms", "general", "a test");
const cores = constant("units-cores", "cores", 3, "cores", "general", "a test");
const share = constant("units-share", "a share", 0.5, "share", "general", "a test");

test("a part of something is counted as it is", () => {
  expect(formulaUnit(product(share, cores))).toBe("cores");
  expect(formulaUnit(product(exact(3), rate))).toBe("/s");
});

test("something over something of its kind is a share", () => {
  expect(formulaUnit(quotient(cores, product(exact(2), cores)))).toBe("share");
});

test("a rate during a time is a number, and a number in a time is a rate", () => {
  expect(formulaUnit(product(rate, time))).toBe("count");
  expect(formulaUnit(quotient(exact(10), time))).toBe("/s");
});

test("a thousand milliseconds are a second", () => {
  expect(formulaUnit(product(time, exact(1_000)))).toBe("ms");
  expect(formulaUnit(quotient(wait, exact(1_000)))).toBe("s");
});

test("a sum is counted as its first part that has a unit, and a comparison answers with yes or no", () => {
  expect(formulaUnit(sum(zero, rate))).toBe("/s");
  expect(formulaUnit(atMost(rate, rate))).toBe("yes/no");
});
