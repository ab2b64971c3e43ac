import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { factsOf } from "../facts/facts.ts";
import { evaluate } from "../formulas/evaluate.ts";
import type { Formula } from "../formulas/formula.ts";
import { sheetOf } from "../formulas/sheet.ts";
import { modelOf, sample } from "../lint/testing.ts";
import { quantitiesOf } from "./quantities.ts";

const valueOf = (formula: Formula): number => evaluate(sheetOf([formula])).at(-1) ?? Number.NaN;

function paying(promise?: `${number}ms`) {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: { charge: { input: { cents: t.int() }, p50: "100ms", p99: "400ms" } },
    onFailure: { retries: 0, then: "fail" },
  });
  const charge = Orders.command("charge", { allow: "system", calls: [Bank.charge], async handle() {} });
  Orders.command("pay", {
    allow: [customer],
    atomic: [charge],
    ...(promise && { slo: { p99: promise, availability: "99.95%" } }),
    async handle() {},
  });
  return quantitiesOf(factsOf(modelOf(contexts, { availability: "99%", load: [] })));
}

test("the slowest of a thousand calls follows from p50 and p99 of a lognormal time", () => {
  // ln(4) / 2.326 is its sigma: 100 × e^(3.090 × 0.596)
  expect(valueOf(paying().thirdParties.p999Of("bank.charge"))).toBeCloseTo(631, 0);
});

test("a promise leaves a call what the rest of the work does not take, through any number of callers", () => {
  const { thirdParties, promises } = paying("2000ms");
  expect(thirdParties.waitersOf("bank.charge")).toEqual(["orders.charge", "orders.pay"]);
  const own = valueOf(promises.p99Of("orders.pay")) - 400;
  expect(own).toBeGreaterThan(0);
  expect(valueOf(thirdParties.timeLeftOf("bank.charge"))).toBeCloseTo(2_000 - own);
});

test("without a promise the server's own limit is all that is left", () => {
  expect(valueOf(paying().thirdParties.timeLeftOf("bank.charge"))).toBe(30_000);
});

test("the strictest caller's availability counts", () => {
  expect(valueOf(paying("2000ms").thirdParties.promiseOf("bank.charge"))).toBe(0.9995);
  expect(valueOf(paying().thirdParties.promiseOf("bank.charge"))).toBe(0.99);
});
