import { expect, test } from "vitest";
import { counted, duration, listed, percent, rate } from "./phrases.ts";

test("a duration is told in the largest unit that fits it", () => {
  expect([400, 1_000, 3_600, 1_234, 90_000, 7_776_000_000].map(duration)).toEqual(["400 ms", "1 s", "3.6 s", "1234 ms", "1.5 min", "90 d"]);
});

test("a share keeps its nines", () => {
  expect([0.999, 0.998001, 0.99995, 0.5].map(percent)).toEqual(["99.9 %", "99.8 %", "99.995 %", "50 %"]);
});

test("a rate below one a second is told a minute", () => {
  expect([60, 0.5, 0].map(rate)).toEqual(["60/s", "30/min", "0/s"]);
});

test("names are listed as in a sentence", () => {
  expect([["a"], ["a", "b"], ["a", "b", "c"]].map(listed)).toEqual(["a", "a and b", "a, b and c"]);
  expect([counted(1, "call"), counted(2, "call")]).toEqual(["1 call", "2 calls"]);
});
