import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

test("one zone is good for 99.85 %, and two for 99.99 %", () => {
  const model = ordersModel();
  expect(verdictOf(model, "zones", { availability: 0.9984 }).chosen).toBe("one");
  expect(verdictOf(model, "zones", { availability: 0.9986 })).toMatchObject({
    chosen: "two",
    options: { one: { ruledOutBy: ["a zone with all that it holds is down for longer than is promised"] } },
  });
});

test("who must be back within a quarter of an hour cannot build anew elsewhere", () => {
  const model = ordersModel({ availability: "99%" });
  expect(verdictOf(model, "zones", { rto: 1_200_000 }).chosen).toBe("one");
  expect(verdictOf(model, "zones", { rto: 900_000 })).toMatchObject({
    chosen: "two",
    options: { one: { ruledOutBy: ["a lost zone means setting up anew elsewhere and bringing the data back"] } },
  });
});

test("a budget below the smallest two copies keeps it in one zone", () => {
  const model = ordersModel({ availability: "99.9%", budget: "60 USD/month" });
  expect(verdictOf(model, "zones").options["two"]?.ruledOutBy).toEqual([
    "the smallest copies, two databases and a balancer must be within the budget",
  ]);
  expect(verdictOf(model, "zones", { budget: 64 }).options["two"]?.ruledOutBy).toEqual([]);
});

test("three zones pay where half the reserve saves more than a gateway costs", () => {
  const model = ordersModel({ availability: "99.9%" });
  expect(verdictOf(model, "zones", { "application.cores": 1.4 }).chosen).toBe("two");
  expect(verdictOf(model, "zones", { "application.cores": 1.6 }).chosen).toBe("three");
});
