import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { ordersModel } from "../capacity/testing.ts";
import { verdictOf } from "../testing.ts";

test("who has half a day to be back rehearses once a year, and who has half an hour every quarter", () => {
  const model = ordersModel();
  expect(verdictOf(model, "disaster-drill", { rto: 57_600_000 }).chosen).toBe("none");
  expect(verdictOf(model, "disaster-drill", { rto: 57_000_000 }).chosen).toBe("yearly");
  expect(verdictOf(model, "disaster-drill", { rto: 14_300_000 })).toMatchObject({
    chosen: "quarterly",
    options: { yearly: { ruledOutBy: ["finding out how takes longer than is left of the promised time to be back"] } },
  });
  expect(verdictOf(model, "disaster-drill", { rto: 1_799_000 }).chosen).toBe("weekly");
});

test("what keeps nothing has nothing to restore", () => {
  const Clock = context("clock");
  Clock.query("now", { returns: t.int(), handle: async () => 0 });
  expect(() => verdictOf(modelOf([Clock]), "disaster-drill")).toThrow("There is no decision disaster-drill");
});
