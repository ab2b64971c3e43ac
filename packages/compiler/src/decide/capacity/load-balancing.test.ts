import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

test("a single copy needs nobody who chooses", () => {
  expect(verdictOf(ordersModel({ availability: "99.5%" }), "load-balancing").chosen).toBe("none");
  expect(verdictOf(ordersModel({ availability: "99.9%" }), "load-balancing")).toMatchObject({
    chosen: "round-robin",
    options: { none: { ruledOutBy: ["several copies need somebody who tells them apart"] } },
  });
});

test("copies that work long are chosen by how busy they are", () => {
  const model = ordersModel({ availability: "99.5%", pin: { hosting: { choose: "containers", because: "we have the rest there" } } });
  const answers = { "application.cores": 5 };
  expect(verdictOf(model, "load-balancing", { ...answers, "p99.tightest": 30_000 }).chosen).toBe("round-robin");
  expect(verdictOf(model, "load-balancing", { ...answers, "p99.tightest": 5_000 })).toMatchObject({
    chosen: "least-outstanding",
    options: { "round-robin": { ruledOutBy: ["requests queue at one copy while another is free"] } },
  });
});

test("containers pay for a balancer, and a platform brings one along", () => {
  expect(verdictOf(ordersModel({ availability: "99.9%" }), "load-balancing").options["round-robin"]?.["cost"]).toBe(0);
  expect(verdictOf(ordersModel({ availability: "99.95%" }), "load-balancing").options["round-robin"]?.["cost"]).toBe(22);
});
