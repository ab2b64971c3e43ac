import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { calleesFitCallersP99 } from "./callees-fit-callers-p99.ts";

function withRates(p99: "100ms" | "900ms") {
  const { Orders, Order, customer, contexts } = sample();
  const Rates = integration("rates", { calls: { getRate: { p50: "50ms", p99 } }, onFailure: { timeout: "1s", retries: 0, then: "fail" } });
  const priceOrder = Orders.query("priceOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    calls: [Rates.getRate],
    slo: { p99: "1s" },
    async handle() {},
  });
  return { Orders, customer, contexts, Rates, priceOrder };
}

test("a call slower than its caller's promise is reported", () => {
  const { Orders, customer, contexts, Rates } = withRates("900ms");
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], slo: { p99: "400ms" }, async handle() {} });
  expect(findings(calleesFitCallersP99, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[reliability/callees-fit-callers-p99] at orders.showRate
      orders.showRate promises a p99 of 400 ms and waits for rates.getRate (p99 900 ms).
      why: The promise is broken before orders.showRate has done anything of its own.
      fix: Take the wait out of the request (answer first, and call in a reaction to an event), or promise more than 900 ms."
  `);
});

test("calls that are slower than the promise together are reported with their sum", () => {
  const { Orders, customer, contexts, Rates, priceOrder } = withRates("900ms");
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate, priceOrder], slo: { p99: "1.8s" }, async handle() {} });
  expect(findings(calleesFitCallersP99, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[reliability/callees-fit-callers-p99] at orders.showRate
      orders.showRate promises a p99 of 1.8 s and waits for orders.priceOrder (p99 1 s) and rates.getRate (p99 900 ms): 1.9 s in all.
      why: The promise is broken before orders.showRate has done anything of its own.
      fix: Take the wait out of the request (answer first, and call in a reaction to an event), or promise more than 1.9 s."
  `);
});

test("a call that leaves its caller time is accepted", () => {
  const { Orders, customer, contexts, Rates } = withRates("100ms");
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], slo: { p99: "1s" }, async handle() {} });
  expect(findings(calleesFitCallersP99, modelOf(contexts))).toBe("");
});
