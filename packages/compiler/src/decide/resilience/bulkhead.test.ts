import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying(limit?: "10/s") {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: { charge: { input: { cents: t.int() }, p50: "300ms", p99: "800ms", ...(limit && { limit }) } },
    onFailure: { retries: 0, then: "fail" },
  });
  const pay = Orders.command("pay", { allow: [customer], calls: [Bank.charge], async handle() {} });
  return modelOf(contexts, { load: [{ on: pay, mean: "5/s", peak: "20/s" }] });
}

const bulkheadOf = (peak: number, processes = 2) => verdictOf(paying(), "bulkhead:bank.charge", { "orders.pay.peak": peak, processes });

test("half as many places again as Little's law asks for are enough", () => {
  // 1.5 × 0.8 s × 41.6/s = 49.9
  expect(bulkheadOf(41.6).chosen).toBe("50");
  const { chosen, options } = bulkheadOf(41.7);
  expect(chosen).toBe("100");
  expect(options["50"]?.ruledOutBy).toEqual(["at the peak more calls of charge are under way even while all is well"]);
  expect(options["100"]?.["per-process"]).toBe(50);
});

test("what a third party does not take holds no place", () => {
  // 1.5 × 0.8 s × 10/s = 12
  expect(verdictOf(paying("10/s"), "bulkhead:bank.charge", { "orders.pay.peak": 500 }).chosen).toBe("20");
});

test("one third party never takes more than half of all places", () => {
  expect(bulkheadOf(41.7, 2).options["500"]?.ruledOutBy).toEqual(["when bank is slow it would hold the places that others need"]);
  expect(bulkheadOf(41.7, 5).options["500"]?.ruledOutBy).toEqual([]);
});

test("without third parties there is no bulkhead", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "bulkhead:bank.charge")).toThrow("There is no decision bulkhead:bank.charge");
});
