import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { thirdPartyFailureIsSurvived } from "./third-party-failure-is-survived.ts";

function withRates(then: "fail" | "degrade", stated: { availability?: "99.99%" } = {}) {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms", ...stated } },
    onFailure: { timeout: "200ms", retries: 0, then },
  });
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], slo: { p99: "400ms", availability: "99.9%" }, async handle() {} });
  return modelOf(contexts);
}

test("a promise that falls with a third party is reported", () => {
  expect(findings(thirdPartyFailureIsSurvived, withRates("fail"))).toMatchInlineSnapshot(`
    "warning[reliability/third-party-failure-is-survived] at orders.showRate
      orders.showRate promises to be available for 99.9 %, and fails whenever rates.getRate does.
      why: Nothing in the model says how available rates is, so nobody can keep this promise.
      fix: State the availability that the contract promises for the call, say then: "degrade" and answer without it, or call it in a reaction to an event."
  `);
});

test("a promise that is kept without the third party is accepted", () => {
  expect(findings(thirdPartyFailureIsSurvived, withRates("degrade"))).toBe("");
});

test("a third party whose availability the model states is accepted", () => {
  expect(findings(thirdPartyFailureIsSurvived, withRates("fail", { availability: "99.99%" }))).toBe("");
});
