import { expect, test } from "vitest";
import { spreadOf, spreadsOf } from "./spread.ts";

test("the median of an odd number of runs is the run in the middle", () => {
  expect(spreadOf([9, 1, 5])).toEqual({ min: 1, median: 5, max: 9 });
});

test("the median of an even number of runs lies between the two in the middle", () => {
  expect(spreadOf([10, 2, 4, 1])).toEqual({ min: 1, median: 3, max: 10 });
});

test("each figure has a spread of its own", () => {
  expect(
    spreadsOf([
      { wallMs: 3, cpuMs: 30 },
      { wallMs: 1, cpuMs: 50 },
      { wallMs: 2, cpuMs: 40 },
    ]),
  ).toEqual({ wallMs: { min: 1, median: 2, max: 3 }, cpuMs: { min: 30, median: 40, max: 50 } });
});
