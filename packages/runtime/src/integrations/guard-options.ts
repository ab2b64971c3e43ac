import { assumedOf, type Integration } from "@archwright/model";
import type { GuardedCallOptions } from "@archwright/resilience";
import { verdictOn } from "./upstream-failure.ts";

const defaults = { timeoutMs: 5_000, retries: 2, inFlightMax: 20, waitMs: 1_000 } as const;

/** How calls to a third party are guarded: as the model says, and as this table says where it is silent. */
export function guardOptions({ name, calls, onFailure }: Integration): GuardedCallOptions & { readonly inFlightMax: number } {
  const timeoutMs = onFailure?.timeoutMs ?? defaults.timeoutMs;
  const inFlightMax = inFlightOf(calls);
  return {
    callee: name,
    timeoutMs,
    retriesMax: Math.min(onFailure?.retries ?? defaults.retries, 10),
    classify: verdictOn,
    backoff: { baseMs: 100, capMs: 2_000 },
    ...(onFailure?.breaker && { breaker: { failureRatio: onFailure.breaker.openShare, windowMs: onFailure.breaker.overMs } }),
    bulkhead: { inFlightMax, waitMs: Math.min(timeoutMs, defaults.waitMs) },
    inFlightMax,
  };
}

/**
 * Little's law: at the rate that the third party allows, and the time that it takes, so many calls are under way. More of them would only be
 * refused. Limits are of an account, so the largest holds for all calls together.
 */
function inFlightOf(calls: Integration["calls"]): number {
  const known = calls.flatMap(({ limitPerSecond, p99Ms }) =>
    limitPerSecond === undefined ? [] : [Math.ceil((assumedOf(limitPerSecond) * assumedOf(p99Ms)) / 1_000)],
  );
  return known.length === 0 ? defaults.inFlightMax : Math.min(Math.max(1, ...known), 1_000);
}
