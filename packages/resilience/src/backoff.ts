import type { Random } from "./clock.ts";
import { assertInRange, durationRange, waitRange } from "./range.ts";

export interface BackoffOptions {
  /** Longest pause before the first retry, in milliseconds: 1 to 86,400,000. Default 100. It doubles with every retry. */
  readonly baseMs?: number;
  /** Longest pause before any retry, in milliseconds: 1 to 86,400,000. Default 10,000. */
  readonly capMs?: number;
}

export const backoffDefaults = { baseMs: 100, capMs: 10_000 } as const satisfies BackoffOptions;

/**
 * The pause before a retry in milliseconds: exponential with full jitter, that is anything from 0 to min(cap, base × 2^(retry - 1)).
 * A callee's Retry-After is waited out in full and the jitter comes on top of it, for all clients were told the same instant.
 *
 * It spreads clients that failed together. It does not bound the load of clients that keep arriving: that is what `RetryBudget` is for.
 *
 * @param retry Number of the retry: 1 to 1,000.
 * @param random Draws from [0, 1).
 * @param retryAfterMs What the callee asked for, in milliseconds: 0 to 86,400,000. Default 0.
 * @throws RangeError if a number is out of its range.
 *
 * @example
 * backoffMs(3, { baseMs: 100 }, () => 0.5); // 200: half of 100 × 2 × 2
 * backoffMs(1, { baseMs: 100 }, () => 0.5, 3_000); // 3050
 */
export function backoffMs(retry: number, options: BackoffOptions, random: Random, retryAfterMs = 0): number {
  const { baseMs = backoffDefaults.baseMs, capMs = backoffDefaults.capMs } = options;
  assertInRange("retry", retry, { min: 1, max: 1_000, whole: true });
  assertInRange("baseMs", baseMs, durationRange);
  assertInRange("capMs", capMs, durationRange);
  assertInRange("retryAfterMs", retryAfterMs, waitRange);
  const draw = random();
  assertInRange("random()", draw, { min: 0, max: 1 });
  return retryAfterMs + draw * Math.min(capMs, baseMs * 2 ** (retry - 1));
}
