import fc from "fast-check";
import { expect, test } from "vitest";
import { RetryBudget } from "./retry-budget.ts";

function drained(): RetryBudget {
  const budget = new RetryBudget({ retriesMax: 1 });
  budget.trySpend();
  return budget;
}

test("ten successes pay for exactly one retry", () => {
  const budget = drained();
  for (let success = 0; success < 9; success += 1) {
    budget.deposit();
  }
  expect(budget.trySpend()).toBe(false);
  budget.deposit();
  expect(budget.trySpend()).toBe(true);
  expect(budget.retriesLeft).toBe(0);
});

test("a refused retry costs nothing", () => {
  const budget = drained();
  budget.deposit();
  budget.trySpend();
  expect(budget.retriesLeft).toBeCloseTo(0.1);
});

test("an option out of its range is refused with the range", () => {
  expect(() => new RetryBudget({ retriesPerSuccess: 10 })).toThrow("retriesPerSuccess is 10: it must be a number from 0 to 1.");
});

test("law: in any stretch there are at most ratio × successes + cap retries", () => {
  const steps = fc.array(fc.boolean(), { maxLength: 120, size: "max" });
  const ratios = fc.constantFrom(0, 0.1, 0.25, 1 / 3, 1);
  fc.assert(
    fc.property(ratios, fc.integer({ min: 0, max: 5 }), steps, (retriesPerSuccess, retriesMax, history) => {
      const budget = new RetryBudget({ retriesPerSuccess, retriesMax });
      const spent = history.map((succeeds) => (succeeds ? budget.deposit() : budget.trySpend()));
      let leastAllowance = 0;
      for (let from = 0; from < history.length; from += 1) {
        let allowance = retriesMax;
        for (let index = from; index < history.length; index += 1) {
          allowance += history[index] === true ? retriesPerSuccess : 0;
          allowance -= spent[index] === true ? 1 : 0;
          leastAllowance = Math.min(leastAllowance, allowance);
        }
      }
      expect(leastAllowance).toBeGreaterThan(-1e-9);
    }),
  );
});

test("law: it gives out whatever the cap allows, to the last token", () => {
  fc.assert(
    fc.property(fc.constantFrom(0.1, 0.2, 0.25), fc.nat({ max: 300 }), (retriesPerSuccess, successes) => {
      const budget = new RetryBudget({ retriesPerSuccess, retriesMax: 20 });
      while (budget.trySpend());
      for (let success = 0; success < successes; success += 1) {
        budget.deposit();
      }
      let retries = 0;
      while (budget.trySpend()) {
        retries += 1;
      }
      expect(retries).toBe(Math.min(20, Math.floor((successes * Math.round(retriesPerSuccess * 100)) / 100)));
    }),
  );
});
