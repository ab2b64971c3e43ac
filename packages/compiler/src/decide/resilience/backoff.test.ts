import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying(key: boolean) {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: {
      charge: {
        input: { cents: t.int() },
        p50: "100ms",
        p99: "190ms",
        limit: "100/s",
        availability: "99.9%",
        ...(key && { idempotencyKey: true as const }),
      },
    },
    onFailure: { retries: 0, then: "fail" },
  });
  const pay = Orders.command("pay", { allow: [customer], calls: [Bank.charge], async handle() {} });
  return modelOf(contexts, { availability: "99.9%", load: [{ on: pay, mean: "5/s", peak: "20/s" }] });
}

test("calls that failed together come back over a pause that doubles", () => {
  const { chosen, options } = verdictOf(paying(true), "backoff:bank.charge");
  expect(chosen).toBe("full-jitter");
  expect([options["full-jitter"]?.["longest"], options["decorrelated"]?.["longest"]]).toEqual([300, 600]);
});

test("what fails at once and does not fit into that pause is spread further", () => {
  // Two retries: p50 × 20/s calls under way against (100 − 20)/s × 0.3 s.
  const model = paying(true);
  expect(verdictOf(model, "backoff:bank.charge", { "bank.charge.p50": 1_190 }).chosen).toBe("full-jitter");
  const { chosen, options } = verdictOf(model, "backoff:bank.charge", { "bank.charge.p50": 1_210 });
  expect(chosen).toBe("decorrelated");
  expect(options["full-jitter"]?.ruledOutBy).toEqual([
    "the calls that were under way when bank failed come back within the pause, on top of the others",
  ]);
});

test("where the promise leaves time for attempts only there is no pause", () => {
  const verdict = verdictOf(paying(true), "backoff:bank.charge", { "bank.charge.time-left": 760 });
  expect(verdict.chosen).toBe("none-with-budget");
  expect(verdict.options["full-jitter"]?.ruledOutBy).toEqual(["attempts and pauses together have to end before the caller's promise does"]);
});

test("a call that must not be made twice has no pause to decide", () => {
  expect(() => verdictOf(paying(false), "backoff:bank.charge")).toThrow("There is no decision backoff:bank.charge");
});
