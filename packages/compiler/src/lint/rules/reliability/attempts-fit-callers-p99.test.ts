import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { attemptsFitCallersP99 } from "./attempts-fit-callers-p99.ts";

function withRates(timeout: "200ms" | "2s") {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms" } },
    onFailure: { timeout, retries: 1, then: "fail" },
  });
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], slo: { p99: "400ms" }, async handle() {} });
  return modelOf(contexts);
}

test("a call whose attempts last longer than its caller's promise is reported", () => {
  expect(findings(attemptsFitCallersP99, withRates("2s"))).toMatchInlineSnapshot(`
    "warning[reliability/attempts-fit-callers-p99] at orders.showRate
      orders.showRate promises a p99 of 400 ms, and without an answer from rates each request is held for 4 s: 2 attempts of 2 s at rates.getRate.
      why: The day on which a third party is slow is the day for which the promise was made: requests pile up for 10 times as long as planned.
      fix: Lower the timeout and the retries until all attempts fit into 400 ms, or call in a reaction to an event."
  `);
});

test("a call whose attempts fit is accepted", () => {
  expect(findings(attemptsFitCallersP99, withRates("200ms"))).toBe("");
});
