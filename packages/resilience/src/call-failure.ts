/** Why a guarded call gave its caller no answer. */
export interface CallFailure {
  /**
   * `timeout`: the callee did not answer in time, or no useful time was left. `open`: the breaker lets nobody through at present.
   * `saturated`: too many calls are under way and waiting. `failed`: the callee, or the way to it, answered with an error.
   */
  readonly kind: "timeout" | "open" | "saturated" | "failed";
  /** Attempts that were started. */
  readonly attempts: number;
  /** When it is worth trying again, in milliseconds from now, if that is known. */
  readonly retryAfterMs?: number;
  /** What the last attempt threw, if there was one. */
  readonly cause?: unknown;
}

const reasons: Readonly<Record<CallFailure["kind"], string>> = {
  timeout: "did not answer in time",
  open: "was not called, because it has been failing: its breaker is open",
  saturated: "was not called, because too many calls to it are under way",
  failed: "failed",
};

/** The one error of a guarded call. Decide by `failure.kind`; the message is for people. */
export class GuardedCallError extends Error {
  override readonly name = "GuardedCallError";
  readonly failure: CallFailure;

  constructor(callee: string, failure: CallFailure) {
    const attempts = `${failure.attempts} ${failure.attempts === 1 ? "attempt" : "attempts"}`;
    super(`${callee} ${reasons[failure.kind]} (${attempts}).`, { cause: failure.cause });
    this.failure = failure;
  }
}

/** The reason with which an attempt is aborted when its time is up. Named as the standard names it. */
export class AttemptTimeout extends Error {
  override readonly name = "TimeoutError";

  constructor(timeoutMs: number) {
    super(`The attempt was cancelled, for it had not answered after ${Math.round(timeoutMs)} ms.`);
  }
}
