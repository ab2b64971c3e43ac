import fc from "fast-check";
import { expect, test } from "vitest";
import { calleeBudgetMs, remainingMs } from "./deadline.ts";

test("a callee gets its own timeout while there is time for it", () => {
  expect(calleeBudgetMs({ deadlineAtMs: Number.POSITIVE_INFINITY, nowMs: 0, timeoutMs: 2_000 })).toBe(2_000);
});

test("a callee gets what the caller has left beyond its own needs", () => {
  expect(calleeBudgetMs({ deadlineAtMs: 400, nowMs: 150, timeoutMs: 2_000, reserveMs: 50 })).toBe(200);
});

test("a callee gets nothing if what is left is of no use", () => {
  expect(calleeBudgetMs({ deadlineAtMs: 400, nowMs: 390, timeoutMs: 2_000, usefulMs: 20 })).toBe(0);
  expect(calleeBudgetMs({ deadlineAtMs: 400, nowMs: 500, timeoutMs: 2_000, usefulMs: 0 })).toBe(0);
});

test("nothing remains after the deadline", () => {
  expect(remainingMs(400, 401)).toBe(0);
});

test("mistakes are refused with the range", () => {
  expect(() => calleeBudgetMs({ deadlineAtMs: 1, nowMs: 0, timeoutMs: 0 })).toThrow(
    "timeoutMs is 0: it must be a number from 1 to 86400000.",
  );
  expect(() => remainingMs(Number.NaN, 0)).toThrow("deadlineAtMs is NaN");
});

test("law: a chain of callees that each keep a reserve answers before the first caller's deadline", () => {
  const hop = fc.record({ timeoutMs: fc.integer({ min: 1, max: 3_000 }), reserveMs: fc.nat({ max: 200 }), workMs: fc.nat({ max: 300 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.array(hop, { maxLength: 8, size: "max" }), (deadlineMs, hops) => {
      let nowMs = 0;
      let deadlineAtMs = deadlineMs;
      let reservedMs = 0;
      for (const { timeoutMs, reserveMs, workMs } of hops) {
        nowMs += workMs;
        const budgetMs = calleeBudgetMs({ deadlineAtMs, nowMs, timeoutMs, reserveMs });
        expect(budgetMs).toBeLessThanOrEqual(timeoutMs);
        if (budgetMs === 0) {
          return;
        }
        deadlineAtMs = nowMs + budgetMs;
        reservedMs += reserveMs;
        expect(deadlineAtMs + reservedMs).toBeLessThanOrEqual(deadlineMs);
      }
    }),
  );
});
