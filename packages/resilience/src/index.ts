export type { Signal } from "./abort.ts";
export type { Attempt } from "./attempt.ts";
export { type BackoffOptions, backoffMs } from "./backoff.ts";
export { BoundedQueue, type BoundedQueueOptions, type Offered, type QueueEntry, type Taken } from "./bounded-queue.ts";
export { Breaker, type BreakerAdmission, type BreakerOptions, type BreakerOutcome, type BreakerState } from "./breaker.ts";
export { Bulkhead, type BulkheadEntry, type BulkheadOptions, type WaitAnswer } from "./bulkhead.ts";
export { AttemptTimeout, type CallFailure, GuardedCallError } from "./call-failure.ts";
export type { Clock, Random, Sleep, Surroundings } from "./clock.ts";
export { type CalleeBudget, calleeBudgetMs, remainingMs } from "./deadline.ts";
export { type CalleeState, type CallRequest, createGuardedCall, type GuardedCall, type GuardedCallOptions } from "./guarded-call.ts";
export type { FailureVerdict } from "./guarded-turn.ts";
export {
  claimLease,
  fenceAdmits,
  freshLease,
  type Lease,
  type LeaseClaim,
  type LeaseDecision,
  type LeaseRenewal,
  releaseLease,
  renewLease,
} from "./lease.ts";
export { type RateLimitAnswer, RateLimiter, type RateLimiterOptions } from "./rate-limiter.ts";
export { retryAfterMs } from "./retry-after.ts";
export { RetryBudget, type RetryBudgetOptions } from "./retry-budget.ts";
export {
  drainSeconds,
  queueBound,
  retryAmplification,
  type RetryStormLoad,
  type RetryStormTrigger,
  retryStormThresholdPerSecond,
  type RetryStormVerdict,
  retryStormVerdict,
  safeRetriesMax,
  tippingSeconds,
} from "./retry-storm.ts";
export { VirtualClock } from "./virtual-clock.ts";
