import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

test("what a platform runs has a way out already", () => {
  expect(verdictOf(ordersModel({ availability: "99.9%" }), "egress-path").chosen).toBe("none-needed");
});

test("containers that call nobody reach their cloud by endpoints", () => {
  expect(verdictOf(ordersModel({ availability: "99.95%" }), "egress-path")).toMatchObject({
    chosen: "endpoints",
    options: { "none-needed": { ruledOutBy: ["what runs in a private network has no address of its own"] }, endpoints: { gateways: 8 } },
  });
});

test("a gateway is cheaper than endpoints from twelve services on", () => {
  const model = ordersModel({ availability: "99.95%" });
  expect(verdictOf(model, "egress-path", { "constant.egress-path-endpoints": 4.5 }).chosen).toBe("endpoints");
  expect(verdictOf(model, "egress-path", { "constant.egress-path-endpoints": 4.7 }).chosen).toBe("nat");
});

test("third parties are reached through gateways only", () => {
  expect(verdictOf(ordersModel({ availability: "99.95%" }), "egress-path", { "calls-outside": 1 })).toMatchObject({
    chosen: "nat",
    options: { endpoints: { ruledOutBy: ["endpoints lead to services of the cloud, not to third parties or mail services"] } },
  });
});
