import type { Signal } from "./abort.ts";
import { type Attempt, interruptibleSleep } from "./attempt.ts";
import { type BackoffOptions, backoffDefaults, backoffMs } from "./backoff.ts";
import { Breaker, type BreakerOptions, type BreakerState } from "./breaker.ts";
import { BulkheadGate } from "./bulkhead-gate.ts";
import type { BulkheadOptions } from "./bulkhead.ts";
import { GuardedCallError } from "./call-failure.ts";
import type { Surroundings } from "./clock.ts";
import { remainingMs } from "./deadline.ts";
import { type FailureVerdict, type Guard, takeTurn } from "./guarded-turn.ts";
import { assertInRange, durationRange } from "./range.ts";
import { RetryBudget, type RetryBudgetOptions } from "./retry-budget.ts";

export interface GuardedCallOptions {
  /** The callee's name in messages, such as "stripe". */
  readonly callee: string;
  /** The longest that one attempt may take, in milliseconds: 1 to 86,400,000. */
  readonly timeoutMs: number;
  /**
   * The least time that an attempt is started with, in milliseconds: 0 to `timeoutMs`. Default a tenth of `timeoutMs`. Every attempt that
   * times out counts against the callee, so none may be started that had no chance.
   */
  readonly usefulMs?: number;
  /** Retries of one call: 0 to 10. Default 2. */
  readonly retriesMax?: number;
  /** Judges what an attempt threw. A timeout needs no judge: it is the callee's fault, and retryable. */
  readonly classify: (error: unknown) => FailureVerdict;
  readonly backoff?: BackoffOptions;
  readonly retryBudget?: RetryBudgetOptions;
  readonly breaker?: BreakerOptions;
  readonly bulkhead?: BulkheadOptions;
}

export interface CallRequest {
  /** Whether it does no harm to make the call twice. Only such a call is retried. */
  readonly idempotent: boolean;
  /**
   * What the caller has left for the call, with all its attempts and pauses, in milliseconds: 1 to 86,400,000. Default the time that
   * all attempts and the longest pauses between them take.
   */
  readonly deadlineMs?: number;
  /** Aborts when nobody waits for the answer any longer. */
  readonly signal?: Signal | undefined;
}

export interface CalleeState {
  readonly breaker: BreakerState;
  readonly inFlight: number;
  readonly waiting: number;
  readonly retriesLeft: number;
}

export interface GuardedCall {
  /**
   * Makes the call.
   *
   * @throws GuardedCallError if there is no answer; its `failure` says why.
   * @throws RangeError if `deadlineMs` is out of its range.
   */
  call<Answer>(attempt: Attempt<Answer>, request: CallRequest): Promise<Answer>;
  /** For health checks and metrics. */
  state(): CalleeState;
}

/**
 * Guards the calls to one callee; make one per callee and share it, for breaker, budget and bulkhead are about the callee.
 *
 * Each attempt waits for a place in the bulkhead, asks the breaker, and is cancelled through its signal after `timeoutMs` or at the call's
 * deadline. If the call is idempotent and the failure retryable, it is retried after a backoff, as long as there are retries, the retry
 * budget has a token, and the deadline leaves useful time. An open breaker and a full bulkhead are reported at once: a retry would be more
 * load for a callee that has too much of it. No place is held during a backoff. An attempt that ignores its signal keeps its place for
 * up to `timeoutMs` more, because its work still goes on, and is then written off.
 *
 * @param surroundings Clock, randomness and sleep: the real ones, or those of a simulation.
 * @throws RangeError if an option is out of its range.
 *
 * @example
 * import { setTimeout } from "node:timers/promises";
 * const surroundings = {
 *   now: () => performance.now(),
 *   random: Math.random,
 *   sleep: (ms: number, signal?: AbortSignal) => setTimeout(ms, undefined, { signal }),
 * };
 * const classify = () => ({ retryable: true, calleeAtFault: true });
 * const quotes = createGuardedCall({ callee: "quotes", timeoutMs: 300, classify }, surroundings);
 * await quotes.call(async (signal) => fetch("https://quotes.example/today", { signal }), { idempotent: true, deadlineMs: 800 });
 */
export function createGuardedCall(options: GuardedCallOptions, surroundings: Surroundings): GuardedCall {
  const guard = createCallGuard(options, surroundings);
  return {
    call: async (attempt, request) => callGuarded(guard, attempt, request),
    state: () => ({
      breaker: guard.breaker.state(surroundings.now()),
      inFlight: guard.gate.inFlight,
      waiting: guard.gate.waiting,
      retriesLeft: guard.retryBudget.retriesLeft,
    }),
  };
}

interface CallGuard extends Guard {
  readonly callee: string;
  readonly retriesMax: number;
  readonly backoff: Required<BackoffOptions>;
  readonly deadlineMs: number;
  readonly retryBudget: RetryBudget;
}

function createCallGuard(options: GuardedCallOptions, surroundings: Surroundings): CallGuard {
  const { callee, timeoutMs, classify, retriesMax = 2, usefulMs = timeoutMs / 10 } = options;
  const backoff = { ...backoffDefaults, ...options.backoff };
  assertInRange("timeoutMs", timeoutMs, durationRange);
  assertInRange("usefulMs", usefulMs, { min: 0, max: timeoutMs });
  assertInRange("retriesMax", retriesMax, { min: 0, max: 10, whole: true });
  assertInRange("backoff.baseMs", backoff.baseMs, durationRange);
  assertInRange("backoff.capMs", backoff.capMs, durationRange);
  const gate = new BulkheadGate(options.bulkhead ?? {}, surroundings);
  return {
    callee,
    timeoutMs,
    usefulMs,
    classify,
    retriesMax,
    backoff,
    deadlineMs: (retriesMax + 1) * (gate.waitMs + timeoutMs) + retriesMax * backoff.capMs,
    breaker: new Breaker(options.breaker),
    retryBudget: new RetryBudget(options.retryBudget),
    gate,
    surroundings,
  };
}

async function callGuarded<Answer>(guard: CallGuard, attempt: Attempt<Answer>, request: CallRequest): Promise<Answer> {
  const { signal: callerSignal, deadlineMs } = request;
  if (deadlineMs !== undefined) {
    assertInRange("deadlineMs", deadlineMs, durationRange);
  }
  const deadlineAtMs = guard.surroundings.now() + (deadlineMs ?? guard.deadlineMs);
  let attempts = 0;
  let cause: unknown;
  for (;;) {
    const turn = await takeTurn(guard, attempt, { attemptNumber: attempts + 1, deadlineAtMs, callerSignal });
    if (turn.kind === "answered") {
      guard.retryBudget.deposit();
      return turn.answer;
    }
    attempts += turn.started ? 1 : 0;
    cause = turn.failure.cause ?? cause;
    const mayRetry = request.idempotent && turn.retryable && attempts <= guard.retriesMax;
    const pauseMs = mayRetry ? retryPauseMs(guard, attempts, turn.failure.retryAfterMs, deadlineAtMs) : undefined;
    if (pauseMs === undefined) {
      throw new GuardedCallError(guard.callee, { ...turn.failure, attempts, cause });
    }
    await interruptibleSleep(guard.surroundings.sleep, pauseMs, callerSignal);
  }
}

/** Undefined if there must be no retry. The budget is asked last, so that no token is spent on a retry that is not made. */
function retryPauseMs(
  { backoff, usefulMs, retryBudget, surroundings }: CallGuard,
  retry: number,
  retryAfterMs: number | undefined,
  deadlineAtMs: number,
): number | undefined {
  const pauseMs = backoffMs(retry, backoff, surroundings.random, retryAfterMs);
  const leftMs = remainingMs(deadlineAtMs, surroundings.now() + pauseMs);
  return leftMs > 0 && leftMs >= usefulMs && retryBudget.trySpend() ? pauseMs : undefined;
}
