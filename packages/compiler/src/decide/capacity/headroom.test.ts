import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

test("one zone needs a quarter above the peak, and two need as much again", () => {
  expect(verdictOf(ordersModel({ availability: "99.5%" }), "headroom").chosen).toBe("times-1-3");
  expect(verdictOf(ordersModel({ availability: "99.9%" }), "headroom").chosen).toBe("times-3");
});

test("three zones need less than two", () => {
  const pinned = ordersModel({ availability: "99.9%", pin: { zones: { choose: "three", because: "the platform comes with three" } } });
  expect(verdictOf(pinned, "headroom").chosen).toBe("times-2");
});

test("growth of more than 60 % a year asks for more, as a month of it no longer fits", () => {
  const model = ordersModel({ availability: "99.5%" });
  expect(verdictOf(model, "headroom", { growth: 0.6 }).chosen).toBe("times-1-3");
  expect(verdictOf(model, "headroom", { growth: 0.61 })).toMatchObject({
    chosen: "times-1-5",
    options: { "times-1-3": { ruledOutBy: ["beyond that queues grow faster than help comes when a zone is gone at the peak"] } },
  });
});

test("what loses nothing with a zone needs no more for two of them", () => {
  const { options } = verdictOf(ordersModel({ availability: "99.9%", growth: "0%" }), "headroom");
  expect(options["times-3"]).toMatchObject({ factor: 3, margin: 1.25 });
});
