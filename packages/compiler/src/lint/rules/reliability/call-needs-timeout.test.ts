import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { callNeedsTimeout } from "./call-needs-timeout.ts";

function withRates(policy: { timeout?: "1s" }) {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms" } },
    onFailure: { ...policy, retries: 0, then: "fail" },
  });
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], async handle() {} });
  return modelOf(contexts);
}

test("an integration without a timeout is reported", () => {
  expect(findings(callNeedsTimeout, withRates({}))).toMatchInlineSnapshot(`
    "error[reliability/call-needs-timeout] at rates
      rates has no timeout, so rates.getRate may wait for ever.
      why: A third party that accepts connections and then hangs holds every request that needs it, until the process has room for nothing else.
      fix: Add \`timeout\` to onFailure of rates: longer than its p99, shorter than what the callers promise."
  `);
});

test("an integration with a timeout is accepted", () => {
  expect(findings(callNeedsTimeout, withRates({ timeout: "1s" }))).toBe("");
});
