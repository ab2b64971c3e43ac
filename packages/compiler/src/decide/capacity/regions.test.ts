import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

test("one region is good for 99.98 %", () => {
  const model = ordersModel();
  expect(verdictOf(model, "regions", { availability: 0.9998 }).chosen).toBe("one");
  expect(verdictOf(model, "regions", { availability: 0.99981 })).toMatchObject({
    chosen: "two-standby",
    options: { one: { ruledOutBy: ["whole regions fail, and use up more than their share of what is promised"] } },
  });
});

test("the loss of a region counts only for who says so", () => {
  const model = ordersModel({ rto: "1h" });
  expect(verdictOf(model, "regions").chosen).toBe("one");
  expect(verdictOf(model, "regions", { "region-loss-counts": 1 }).chosen).toBe("two-standby");
  expect(verdictOf(model, "regions", { "region-loss-counts": 1, rto: 899_000 })).toMatchObject({
    chosen: "two-active",
    options: { "two-standby": { ruledOutBy: ["it is back that late when the region is gone"] } },
  });
});

test("more than a fifth of users on another continent want a region of their own", () => {
  const model = ordersModel();
  expect(verdictOf(model, "regions", { "far-users": 0.2 }).chosen).toBe("one");
  expect(verdictOf(model, "regions", { "far-users": 0.21 })).toMatchObject({
    chosen: "two-active",
    options: { "two-standby": { ruledOutBy: ["a request from another continent waits 100 ms and more for the network alone"] } },
  });
});
