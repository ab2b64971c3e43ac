import { createAborter, type Signal } from "./abort.ts";
import { type Attempt, type AttemptResult, interruptibleSleep, startAttempt } from "./attempt.ts";
import type { Breaker, BreakerOutcome } from "./breaker.ts";
import type { BulkheadGate } from "./bulkhead-gate.ts";
import type { CallFailure } from "./call-failure.ts";
import type { Surroundings } from "./clock.ts";
import { calleeBudgetMs, remainingMs } from "./deadline.ts";

/** What an error says of the callee. */
export interface FailureVerdict {
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;
  /** Whether it counts for the breaker. A refusal that the caller has earned, such as a 404, shows that the callee works. */
  readonly calleeAtFault: boolean;
  /** What the callee asked for, in milliseconds: 0 to 86,400,000; the function `retryAfterMs` reads it from the header. */
  readonly retryAfterMs?: number;
}

/** What stands between a caller and its callee at every attempt. */
export interface Guard {
  readonly timeoutMs: number;
  readonly usefulMs: number;
  readonly classify: (error: unknown) => FailureVerdict;
  readonly breaker: Breaker;
  readonly gate: BulkheadGate;
  readonly surroundings: Surroundings;
}

/** One turn of a call: an attempt, or the reason why none was started. */
export type Turn<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | {
      readonly kind: "unanswered";
      readonly failure: Omit<CallFailure, "attempts">;
      readonly started: boolean;
      readonly retryable: boolean;
    };

interface TurnTerms {
  readonly attemptNumber: number;
  readonly deadlineAtMs: number;
  readonly callerSignal: Signal | undefined;
}

/** Takes an attempt through the bulkhead and the breaker, and reports to both how it went. */
export async function takeTurn<Answer>(guard: Guard, attempt: Attempt<Answer>, terms: TurnTerms): Promise<Turn<Answer>> {
  const nowMs = guard.surroundings.now();
  const leftMs = remainingMs(terms.deadlineAtMs, nowMs);
  // The breaker is asked before the wait as well as after it: it makes no sense to queue up for a callee that nobody may call.
  const closedForMs = guard.breaker.retryAfterMs(nowMs);
  if (terms.callerSignal?.aborted) {
    return notStarted({ kind: "failed", cause: terms.callerSignal.reason });
  }
  if (closedForMs > 0) {
    return notStarted({ kind: "open", retryAfterMs: closedForMs });
  }
  if (leftMs === 0 || leftMs < guard.usefulMs) {
    return notStarted({ kind: "timeout" });
  }
  const place = await guard.gate.enter(leftMs - guard.usefulMs, terms.callerSignal);
  return place === undefined ? notPlaced(terms.callerSignal) : useOrLeavePlace(guard, attempt, terms, place);
}

function notPlaced(callerSignal: Signal | undefined): Turn<never> {
  return notStarted(callerSignal?.aborted ? { kind: "failed", cause: callerSignal.reason } : { kind: "saturated" });
}

async function useOrLeavePlace<Answer>(guard: Guard, attempt: Attempt<Answer>, terms: TurnTerms, place: number): Promise<Turn<Answer>> {
  const { breaker, gate, usefulMs, surroundings } = guard;
  const nowMs = surroundings.now();
  const timeoutMs = calleeBudgetMs({ deadlineAtMs: terms.deadlineAtMs, nowMs, timeoutMs: guard.timeoutMs, usefulMs });
  if (timeoutMs === 0) {
    gate.leave(place);
    return notStarted({ kind: "timeout" });
  }
  const admission = breaker.admit(nowMs);
  if (!admission.admitted) {
    gate.leave(place);
    return notStarted({ kind: "open", retryAfterMs: admission.retryAfterMs });
  }
  const run = startAttempt(attempt, { ...terms, timeoutMs, sleep: surroundings.sleep });
  const result = await run.result;
  if (result.kind === "answered" || result.kind === "threw") {
    gate.leave(place);
  } else {
    void leaveWhenOver(guard, place, run.over);
  }
  const { turn, outcome } = judge(guard, result);
  breaker.settle(admission.ticket, outcome, surroundings.now());
  return turn;
}

/** Keeps the place while a cancelled attempt goes on working, but not for ever: one that never ends would take the place out of use. */
async function leaveWhenOver(guard: Guard, place: number, over: Promise<unknown>): Promise<void> {
  const wait = createAborter();
  await Promise.race([over, interruptibleSleep(guard.surroundings.sleep, guard.timeoutMs, wait.signal)]);
  wait.abort();
  guard.gate.leave(place);
}

function judge<Answer>(guard: Guard, result: AttemptResult<Answer>): { readonly turn: Turn<Answer>; readonly outcome: BreakerOutcome } {
  if (result.kind === "answered") {
    return { turn: result, outcome: "success" };
  }
  const cause = result.error;
  if (result.kind === "timed out") {
    return { turn: unanswered({ kind: "timeout", cause }, true), outcome: "failure" };
  }
  if (result.kind === "given up") {
    return { turn: unanswered({ kind: "failed", cause }, false), outcome: "ignored" };
  }
  const { retryable, calleeAtFault, retryAfterMs } = guard.classify(cause);
  const failure = { kind: "failed", cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } as const;
  return { turn: unanswered(failure, retryable), outcome: calleeAtFault ? "failure" : "success" };
}

function unanswered(failure: Omit<CallFailure, "attempts">, retryable: boolean): Turn<never> {
  return { kind: "unanswered", failure, started: true, retryable };
}

function notStarted(failure: Omit<CallFailure, "attempts">): Turn<never> {
  return { kind: "unanswered", failure, started: false, retryable: false };
}
