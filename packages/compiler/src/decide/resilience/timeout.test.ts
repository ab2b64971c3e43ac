import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function paying(p50: `${number}ms`, p99: `${number}ms`, promise?: `${number}ms`) {
  const { Orders, customer, contexts } = sample();
  const Bank = integration("bank", {
    calls: { charge: { input: { cents: t.int() }, p50, p99, idempotencyKey: true } },
    onFailure: { retries: 0, then: "fail" },
  });
  Orders.command("pay", { allow: [customer], calls: [Bank.charge], ...(promise && { slo: { p99: promise } }), async handle() {} });
  return modelOf(contexts);
}

test("a call is given up once one in a thousand has taken as long", () => {
  // 900 × (900 / 300)^0.3285 = 1,291 ms.
  const verdict = verdictOf(paying("300ms", "900ms"), "timeout:bank.charge");
  expect(verdict.chosen).toBe("2-s");
  expect(verdict.options["1-s"]?.ruledOutBy).toEqual([
    "one call in a thousand may be given up although its answer was on the way, and no more",
  ]);
});

test("a tail that gets longer takes the next rung", () => {
  const model = paying("300ms", "900ms");
  expect(verdictOf(model, "timeout:bank.charge", { "bank.charge.p999": 2_000 }).chosen).toBe("2-s");
  expect(verdictOf(model, "timeout:bank.charge", { "bank.charge.p999": 2_001 }).chosen).toBe("5-s");
});

test("a promise to the caller rules out a longer wait", () => {
  const verdict = verdictOf(paying("100ms", "300ms", "800ms"), "timeout:bank.charge");
  expect(verdict.chosen).toBe("500-ms");
  expect(verdict.options["1-s"]?.ruledOutBy).toEqual(["pay has promised an answer in time, and does more than wait for charge"]);
});

test("without third parties no timeout is to be decided", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "timeout:bank.charge")).toThrow("There is no decision timeout:bank.charge");
});
