import { context, integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

const bank = () =>
  integration("bank", {
    calls: {
      startPayment: { p50: "50ms", p99: "150ms", limit: "100/s", availability: "99.95%" },
      getRates: { p50: "50ms", p99: "150ms", availability: "99.95%" },
    },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });

/** A payment that is started at a third party, and a page of rates that are read from one. */
function payments() {
  const Bank = bank();
  const Payments = context("payments");
  const slo = { p99: "400ms", availability: "99.9%" } as const;
  const pay = Payments.command("pay", {
    allow: "anyone",
    calls: [Bank.startPayment],
    slo,
    returns: { secret: t.text() },
    handle: async () => ({ secret: "" }),
  });
  Payments.query("rates", { allow: "anyone", calls: [Bank.getRates], slo, returns: { euro: t.int() }, handle: async () => ({ euro: 1 }) });
  Payments.command("note", { allow: "anyone", slo, async handle() {} });
  return modelOf([Payments], { load: [{ on: pay, mean: "8/s", peak: "60/s" }] });
}

test("a request waits for what takes less than half of its promised time", () => {
  const { chosen, options } = verdictOf(payments(), "sync-chain:payments.pay");
  expect(chosen).toBe("wait");
  expect(options["wait"]).toMatchObject({ latency: 4 * 0.45 + 150, availability: 0.9995, hours: 0 });
  expect(options["answer-then-do"]).toMatchObject({ latency: 4 * 0.45, availability: 1, hours: 3 });
});

test("a command answers first when more than half of the promised time would be waited", () => {
  expect(verdictOf(payments(), "sync-chain:payments.pay", { "bank.startPayment.p99": 200 }).chosen).toBe("wait");
  const { chosen, options } = verdictOf(payments(), "sync-chain:payments.pay", { "bank.startPayment.p99": 201 });
  expect(chosen).toBe("answer-then-do");
  expect(options["wait"]?.ruledOutBy).toEqual(["the wait leaves too little of the promised time for its own work and for queues"]);
  expect(options["fallback"]?.ruledOutBy).toContain("no earlier answer may stand in for startPayment of bank");
});

test("a command answers first when its third party would break its availability", () => {
  const { chosen, options } = verdictOf(payments(), "sync-chain:payments.pay", { "bank.startPayment.availability": 0.9989 });
  expect(chosen).toBe("answer-then-do");
  expect(options["wait"]?.ruledOutBy).toEqual(["pay fails whenever what it waits for does"]);
});

test("a command answers first when it would call more often than the third party allows", () => {
  const { chosen, options } = verdictOf(payments(), "sync-chain:payments.pay", { "payments.pay.peak": 101 });
  expect(chosen).toBe("answer-then-do");
  expect(options["wait"]?.ruledOutBy).toEqual(["bank refuses more calls of startPayment"]);
});

test("a query falls back to an earlier answer, since it cannot answer without one", () => {
  const { chosen, options } = verdictOf(payments(), "sync-chain:payments.rates", {
    "bank.getRates.availability": 0.995,
    "bank.getRates.p99": 900,
  });
  expect(chosen).toBe("fallback");
  expect(options["fallback"]).toMatchObject({ latency: 4 * 0.45 + 200, ruledOutBy: [] });
  expect(options["fallback"]?.["availability"]).toBeCloseTo(1 - 0.005 * 0.1, 12);
  expect(options["answer-then-do"]?.ruledOutBy).toEqual(["rates is asked for its answer"]);
});

test("an earlier answer that is seldom at hand does not save the promise", () => {
  const answers = { "bank.getRates.availability": 0.995, "constant.sync-chain-coverage": 0.79 };
  expect(verdictOf(payments(), "sync-chain:payments.rates", answers).options["fallback"]?.ruledOutBy).toEqual([
    "rates fails whenever what it waits for does",
  ]);
});

test("a command that changes something by what it reads elsewhere takes no earlier answer, unless that may be old", () => {
  const paying = (stale?: "5m") => {
    const Rates = context("rates");
    const rate = Rates.query("rate", {
      allow: "system",
      returns: { euro: t.int() },
      ...(stale && { stale }),
      handle: async () => ({ euro: 1 }),
    });
    const Payments = context("payments");
    Payments.command("pay", { allow: "anyone", calls: [rate], slo: { p99: "400ms" }, async handle() {} });
    return verdictOf(modelOf([Rates, Payments]), "sync-chain:payments.pay").options["fallback"]?.ruledOutBy;
  };
  expect(paying()).toEqual(["no earlier answer may stand in for rate"]);
  const Bank = bank();
  const Payments = context("payments");
  Payments.command("change", { allow: "anyone", calls: [Bank.getRates], slo: { p99: "400ms" }, async handle() {} });
  expect(verdictOf(modelOf([Payments]), "sync-chain:payments.change").options["fallback"]?.ruledOutBy).toEqual([
    "no earlier answer may stand in for getRates of bank",
  ]);
  expect(paying("5m")).toEqual([]);
});

test("an operation that waits for nobody has nothing to decide", () => {
  expect(() => verdictOf(payments(), "sync-chain:payments.note")).toThrow("There is no decision sync-chain:payments.note");
});
