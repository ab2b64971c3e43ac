import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying(promise = false) {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: { charge: { input: { cents: t.int() }, p50: "300ms", p99: "900ms", availability: "99.9%" } },
    onFailure: { retries: 0, then: "fail" },
  });
  const slo = promise ? { slo: { p99: "5s" as const } } : {};
  const pay = Orders.command("pay", { allow: [customer], calls: [Bank.charge], ...slo, async handle() {} });
  return modelOf(contexts, { load: [{ on: pay, mean: "1/s", peak: "5/s" }] });
}

const breakerOf = (answers: Readonly<Record<string, number>>, promise = false) =>
  verdictOf(paying(promise), "breaker:bank", { processes: 2, ...answers });

test("few requests that hang for a moment need no breaker", () => {
  const { chosen, options } = breakerOf({});
  expect(chosen).toBe("none");
  expect(options["none"]?.["hung"]).toBe(10); // 5/s × one attempt of 2 s
});

test("a quarter of the places is all that may hang on a third party", () => {
  // 2 processes × 200 × 25 % = 100 requests = 50/s × 2 s.
  expect(breakerOf({ "orders.pay.peak": 50 }).chosen).toBe("none");
  const { chosen, options } = breakerOf({ "orders.pay.peak": 50.5 });
  expect(chosen).toBe("over-10-s");
  expect(options["none"]?.ruledOutBy).toEqual(["requests that hang on bank would take the places of those that need nothing of it"]);
});

test("where each process calls seldom the window is longer", () => {
  const { chosen, options } = breakerOf({ "orders.pay.peak": 3, processes: 2, "bank.charge.availability": 0.98 }, true);
  expect(chosen).toBe("over-60-s");
  expect(options["over-10-s"]?.ruledOutBy).toEqual(["a process makes too few calls of bank in 10 seconds to tell bad luck from an outage"]);
});

test("a p99 is not kept while one call in fifty hangs", () => {
  expect(breakerOf({ "bank.charge.availability": 0.991 }, true).chosen).toBe("none");
  expect(breakerOf({ "bank.charge.availability": 0.98 }, true).options["none"]?.ruledOutBy).toEqual([
    "a p99 bears one slow request in a hundred, and bank is down for longer than that",
  ]);
});

test("without third parties there is no breaker", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "breaker:bank")).toThrow("There is no decision breaker:bank");
});
