import { expect, test } from "vitest";
import { subjectOf, toldBy } from "../subject/testing.ts";
import { modelOf } from "../../lint/testing.ts";
import { sampleShop } from "../subject/sample-shop.ts";
import { inTwoMinutes } from "./in-two-minutes.ts";

test("who reads no further knows the shape, the bill, what to build and what breaks first, and what was decided against", () => {
  const told = toldBy(inTwoMinutes, subjectOf(sampleShop())).join("\n");
  expect(told).toContain("It costs ");
  expect(told).toContain("What to build first");
  expect(told).toMatch(/breaks first as the load grows is .+ times today's peak/);
  expect(told).toMatch(/instead of .+: .+\./);
});

test("an empty system has nothing to say in two minutes", () => {
  expect(inTwoMinutes.tell(subjectOf(modelOf([])))).toEqual([]);
});
