import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { loadFitsLimit } from "./load-fits-limit.ts";

function withRates(peak: "20/s" | "80/s") {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms", limit: "50/s" } },
    onFailure: { timeout: "200ms", retries: 0, then: "fail" },
  });
  const showRate = Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], async handle() {} });
  return modelOf(contexts, { load: [{ on: showRate, mean: "10/s", peak }] });
}

test("a load above the limit of a third party is reported", () => {
  expect(findings(loadFitsLimit, withRates("80/s"))).toMatchInlineSnapshot(`
    "error[capacity/load-fits-limit] at rates.getRate
      rates.getRate takes 50/s and gets 80/s at peak, from orders.showRate.
      why: rates refuses 38 % of the calls, and with them the requests that wait for them.
      fix: Ask rates for 80/s, call it once for many requests, or let a reaction work the calls off at 50/s."
  `);
});

test("a load below the limit is accepted", () => {
  expect(findings(loadFitsLimit, withRates("20/s"))).toBe("");
});
