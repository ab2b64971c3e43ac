import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying({ key = true, availability = "99.9%" }: { key?: boolean; availability?: `${number}%` } = {}) {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: {
      charge: {
        input: { cents: t.int() },
        p50: "100ms",
        p99: "190ms",
        limit: "100/s",
        availability,
        ...(key && { idempotencyKey: true as const }),
      },
    },
    onFailure: { retries: 0, then: "fail" },
  });
  const pay = Orders.command("pay", { allow: [customer], calls: [Bank.charge], async handle() {} });
  return modelOf(contexts, { availability: "99.9%", load: [{ on: pay, mean: "5/s", peak: "20/s" }] });
}

test("a third party that often fails is asked again until the promise can be kept", () => {
  const { chosen, options } = verdictOf(paying(), "retries:bank.charge");
  expect(chosen).toBe("two");
  expect(options["two"]?.["availability"]).toBeCloseTo(1 - 0.001 * (0.3 + 0.7 * 0.01), 8);
});

test("one that hardly ever fails is not asked again", () => {
  expect(verdictOf(paying({ availability: "99.999%" }), "retries:bank.charge").chosen).toBe("none");
});

test("as many retries are made as the limit bears while all of them fail", () => {
  const model = paying();
  const atPeak = (peak: number) => verdictOf(model, "retries:bank.charge", { "orders.pay.peak": peak });
  expect(atPeak(32.6).chosen).toBe("two"); // 98 / 3 = 32.67
  expect(atPeak(32.7).chosen).toBe("one");
  expect(atPeak(49.1).chosen).toBe("none"); // 98 / 2 = 49
  expect(atPeak(49.1).options["one"]?.ruledOutBy).toEqual([
    "once bank falls behind, the retries alone would keep it there for ever: λ(1 + R) ≥ μ",
  ]);
});

test("a call without an idempotency key is not made again", () => {
  const { chosen, options } = verdictOf(paying({ key: false }), "retries:bank.charge");
  expect(chosen).toBe("none");
  expect(options["one"]?.ruledOutBy).toEqual([
    "charge takes no idempotency key, so that an attempt that was not answered may be carried out twice",
  ]);
});

test("what an event sets going is repeated by its delivery alone", () => {
  const { Orders, customer, contexts } = sample();
  const Placed = Orders.event("Placed", { note: t.text().max(10) });
  const Printer = integration("printer", {
    calls: { printLabel: { input: {}, p50: "50ms", p99: "200ms", availability: "99%", idempotencyKey: true } },
    onFailure: { retries: 0, then: "fail" },
  });
  Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  const label = Orders.command("label", {
    allow: "system",
    input: { note: t.text().max(10) },
    calls: [Printer.printLabel],
    async handle() {},
  });
  Orders.on(Placed, label);
  const { chosen, options } = verdictOf(modelOf(contexts), "retries:printer.printLabel");
  expect(chosen).toBe("none");
  expect(options["two"]?.ruledOutBy).toEqual(["the event is delivered again anyway, and retries in two layers multiply"]);
});

test("all attempts fit into what a caller has promised", () => {
  const model = paying();
  const verdict = verdictOf(model, "retries:bank.charge", { "bank.charge.time-left": 740 });
  expect(verdict.chosen).toBe("one"); // 2 × 250 = 500 ms; three attempts would end after 750.
  expect(verdict.options["two"]?.ruledOutBy).toEqual(["all attempts together have to end before the caller's promise does"]);
});

test("without third parties no retries are to be decided", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "retries:bank.charge")).toThrow("There is no decision retries:bank.charge");
});
