import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { retriesFitLimit } from "./retries-fit-limit.ts";

function withRates(policy: { retries: number; breaker?: { open: "50%"; over: "10s" } }, peak: "12/s" | "13/s" = "13/s") {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms", limit: "50/s" } },
    onFailure: { timeout: "200ms", then: "fail", ...policy },
  });
  const showRate = Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], async handle() {} });
  return modelOf(contexts, { load: [{ on: showRate, mean: "5/s", peak }] });
}

test("retries that keep a third party stuck are reported from λ(1 + R) ≥ μ on", () => {
  expect(findings(retriesFitLimit, withRates({ retries: 3 }))).toMatchInlineSnapshot(`
    "warning[capacity/retries-fit-limit] at rates.getRate
      rates.getRate gets 13/s at peak and takes 50/s: enough, but not for 52/s, which it gets when all 3 retries of each call are made.
      why: Once a pause makes calls time out, the retries alone keep rates busy and it stays stuck when the pause is over: with 3 retries from 12.5/s on (λ(1 + R) ≥ μ).
      fix: Add a \`breaker\` to onFailure of rates, or set \`retries: 2\`."
  `);
});

test("retries that it can take are accepted", () => {
  expect(findings(retriesFitLimit, withRates({ retries: 3 }, "12/s"))).toBe("");
});

test("a breaker, which ends the storm, is accepted", () => {
  expect(findings(retriesFitLimit, withRates({ retries: 3, breaker: { open: "50%", over: "10s" } }))).toBe("");
});
