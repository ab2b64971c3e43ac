import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { ordersModel } from "../capacity/testing.ts";
import { verdictOf } from "../testing.ts";

test("a burn rate needs ten failures that the promise itself allows in an hour", () => {
  const model = ordersModel({ availability: "99.9%" });
  expect(verdictOf(model, "alerts", { "load.mean": 2.8 }).chosen).toBe("burn-rate");
  expect(verdictOf(model, "alerts", { "load.mean": 2.7 })).toMatchObject({
    chosen: "synthetic",
    options: { "burn-rate": { ruledOutBy: ["so few requests come in an hour that a handful of failures would wake somebody"] } },
  });
});

test("a burn rate tells of a full outage after 51.84 seconds where 99.9 % is promised", () => {
  const { options } = verdictOf(ordersModel({ availability: "99.9%" }), "alerts");
  expect(Number(options["burn-rate"]?.["detection"])).toBeCloseTo(51.84, 6);
});

test("a fixed share of errors guards a promise of 99 % and no more", () => {
  const model = ordersModel();
  expect(verdictOf(model, "alerts", { availability: 0.989 }).chosen).toBe("threshold");
  expect(verdictOf(model, "alerts", { availability: 0.991 }).options["threshold"]?.ruledOutBy).toEqual([
    "errors below the limit would break the promise, and nobody would hear of it",
  ]);
});

test("without operations there is nothing to be woken for", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "alerts")).toThrow("There is no decision alerts");
});
