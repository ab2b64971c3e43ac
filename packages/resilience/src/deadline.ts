import { assertInRange, assertInstant, durationRange, waitRange } from "./range.ts";

export interface CalleeBudget {
  /** The instant at which the caller itself must have answered; Infinity if it has no deadline. */
  readonly deadlineAtMs: number;
  readonly nowMs: number;
  /** The longest that the callee may ever take, in milliseconds: 1 to 86,400,000. */
  readonly timeoutMs: number;
  /** What the caller needs afterwards to make its own answer, in milliseconds: 0 to 86,400,000. Default 0. */
  readonly reserveMs?: number;
  /** The least that a call is worth starting with, in milliseconds: 0 to `timeoutMs`. Default 1. */
  readonly usefulMs?: number;
}

/**
 * What is left of a caller's budget for a callee, in milliseconds: the smaller of the callee's timeout and the caller's remaining time. It
 * is 0 if less than `usefulMs` is left: a call that cannot end in time is load without use.
 *
 * @throws RangeError if a number is out of its range.
 *
 * @example
 * calleeBudgetMs({ deadlineAtMs: 400, nowMs: 150, timeoutMs: 2_000, reserveMs: 50 }); // 200
 */
export function calleeBudgetMs({ deadlineAtMs, nowMs, timeoutMs, reserveMs = 0, usefulMs = 1 }: CalleeBudget): number {
  assertInRange("timeoutMs", timeoutMs, durationRange);
  assertInRange("reserveMs", reserveMs, waitRange);
  assertInRange("usefulMs", usefulMs, { min: 0, max: timeoutMs });
  const budgetMs = Math.min(timeoutMs, remainingMs(deadlineAtMs, nowMs) - reserveMs);
  return budgetMs >= usefulMs ? Math.max(0, budgetMs) : 0;
}

/**
 * What is left until a deadline, in milliseconds, and 0 after it.
 *
 * @example
 * remainingMs(400, 150); // 250
 */
export function remainingMs(deadlineAtMs: number, nowMs: number): number {
  assertInRange("deadlineAtMs", deadlineAtMs, { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY });
  assertInstant(nowMs);
  return Math.max(0, deadlineAtMs - nowMs);
}
