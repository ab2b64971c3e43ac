import { assertInRange } from "./range.ts";

/*
 * Closed forms for an open-loop client of a server with a first-in-first-out queue that goes on with work whose client has given up.
 *
 * They follow from one observation. While the wait in the queue is longer than the client's timeout, no answer arrives in time, so every
 * call is made 1 + R times and the server is offered λ(1 + R). If that is not less than its capacity μ, the queue cannot shrink, and the
 * state outlives what caused it: a metastable failure (Bronson et al., HotOS 2021; Huang et al., OSDI 2022). `retry-storm.test.ts` runs the
 * same cases as a simulation.
 */

export interface RetryStormLoad {
  /** λ: calls that arrive whatever the state of the server, per second: 0 to 1,000,000,000. */
  readonly arrivalsPerSecond: number;
  /** R: retries that a client makes of a call that timed out: 0 to 1,000. */
  readonly retries: number;
  /** μ: attempts that the server can complete, per second: 0.000001 to 1,000,000,000. */
  readonly capacityPerSecond: number;
}

export interface RetryStormTrigger extends RetryStormLoad {
  /** μ during the trigger, such as while the server is slow: 0 to 1,000,000,000. Default `capacityPerSecond`. */
  readonly triggerCapacityPerSecond?: number;
  /** λ during the trigger, such as in a burst: 0 to 1,000,000,000. Default `arrivalsPerSecond`. */
  readonly triggerArrivalsPerSecond?: number;
}

export type RetryStormVerdict =
  /** Any trigger passes: the queue drains even if every call is retried in full. */
  | "recovers"
  /** It runs well until a trigger pushes the wait past the timeout, and never well again. */
  | "stays stuck"
  /** There is more to do than can be done even without retries. */
  | "overloaded";

/**
 * What becomes of the server after a trigger has pushed its wait past the clients' timeout: stuck if and only if λ(1 + R) ≥ μ.
 *
 * @throws RangeError if a number is out of its range.
 *
 * @example
 * retryStormVerdict({ arrivalsPerSecond: 700, retries: 3, capacityPerSecond: 1_000 }); // "stays stuck"
 * retryStormVerdict({ arrivalsPerSecond: 245, retries: 3, capacityPerSecond: 1_000 }); // "recovers"
 */
export function retryStormVerdict(load: RetryStormLoad): RetryStormVerdict {
  assertLoad(load);
  if (load.arrivalsPerSecond >= load.capacityPerSecond) {
    return "overloaded";
  }
  return offeredPerSecond(load) >= load.capacityPerSecond ? "stays stuck" : "recovers";
}

/**
 * The arrival rate from which on a server stays stuck, per second: μ / (1 + R).
 *
 * @throws RangeError if a number is out of its range.
 *
 * @example
 * retryStormThresholdPerSecond({ retries: 3, capacityPerSecond: 1_000 }); // 250
 */
export function retryStormThresholdPerSecond(load: Omit<RetryStormLoad, "arrivalsPerSecond">): number {
  assertLoad({ ...load, arrivalsPerSecond: 0 });
  return load.capacityPerSecond / (1 + load.retries);
}

/**
 * The most retries with which a server still recovers by itself, the greatest R with λ(1 + R) < μ. It is -1 if it does not even without
 * retries, and 1,000, the largest number that these functions take, where the load is nothing.
 *
 * @throws RangeError if a number is out of its range.
 *
 * @example
 * safeRetriesMax({ arrivalsPerSecond: 245, capacityPerSecond: 1_000 }); // 3
 */
export function safeRetriesMax(load: Omit<RetryStormLoad, "retries">): number {
  assertLoad({ ...load, retries: 0 });
  const { arrivalsPerSecond, capacityPerSecond } = load;
  return Math.min(retriesRange.max, Math.max(-1, Math.ceil(capacityPerSecond / arrivalsPerSecond) - 2));
}

/**
 * How many attempts one call becomes at the end of a chain whose layers each retry by themselves: the product of their attempts, a^k for k
 * layers of a attempts.
 *
 * @param attemptsPerLayer Attempts (one more than retries) of each layer: 1 to 1,001. At most 100 layers.
 * @throws RangeError if a number is out of its range.
 *
 * @example
 * retryAmplification([4, 4, 4]); // 64
 */
export function retryAmplification(attemptsPerLayer: readonly number[]): number {
  assertInRange("attemptsPerLayer.length", attemptsPerLayer.length, { min: 0, max: 100 });
  return attemptsPerLayer.reduce((product, attempts, layer) => {
    assertInRange(`attemptsPerLayer[${layer}]`, attempts, { min: 1, max: 1 + retriesRange.max });
    return product * attempts;
  }, 1);
}

/**
 * Seconds from the end of a trigger until the queue that it left is worked off: (λ'(1 + R) - μ')T / (μ - λ(1 + R)), where λ' and μ'
 * hold during the trigger. It is Infinity if the server stays stuck, and 0 if the trigger builds no queue.
 *
 * It takes every call of the trigger as retried in full, so it is an upper estimate: simulations ended some 15 % sooner, and near the
 * threshold, where chance decides, up to 40 %. It assumes that the trigger lasts for much longer than the timeout; whether a short one tips
 * the server over is `tippingSeconds`.
 *
 * @throws RangeError if a number is out of its range; `triggerSeconds` is 0 to 1,000,000,000.
 *
 * @example
 * drainSeconds({ arrivalsPerSecond: 700, retries: 0, capacityPerSecond: 1_000, triggerCapacityPerSecond: 100, triggerSeconds: 10 }); // 20
 */
export function drainSeconds(trigger: RetryStormTrigger & { readonly triggerSeconds: number }): number {
  assertTrigger(trigger);
  assertInRange("triggerSeconds", trigger.triggerSeconds, rateRange);
  const backlog = Math.max(0, growthPerSecond(trigger)) * trigger.triggerSeconds;
  const sparePerSecond = trigger.capacityPerSecond - offeredPerSecond(trigger);
  if (backlog === 0) {
    return 0;
  }
  return sparePerSecond > 0 ? backlog / sparePerSecond : Number.POSITIVE_INFINITY;
}

/**
 * How long a trigger must last to tip a server over for good, in seconds: the least T with λ'T + λ'R(T - τ)⁺ - μ'T ≥ μτ. Up to there the
 * wait stays below the timeout τ and the server recovers. It is Infinity for a server that recovers from any trigger, or if the trigger is
 * too weak, and 0 for one that is overloaded without any.
 *
 * @throws RangeError if a number is out of its range; `timeoutMs` is 1 to 86,400,000.
 *
 * @example
 * const load = { arrivalsPerSecond: 700, retries: 3, capacityPerSecond: 1_000 };
 * tippingSeconds({ ...load, triggerCapacityPerSecond: 100, timeoutMs: 500 }); // 0.574…
 */
export function tippingSeconds(trigger: RetryStormTrigger & { readonly timeoutMs: number }): number {
  assertTrigger(trigger);
  assertInRange("timeoutMs", trigger.timeoutMs, timeoutRange);
  const verdict = retryStormVerdict(trigger);
  if (verdict !== "stays stuck") {
    return verdict === "recovers" ? Number.POSITIVE_INFINITY : 0;
  }
  const { arrivals, capacity } = duringTrigger(trigger);
  const timeoutSeconds = trigger.timeoutMs / 1_000;
  const tippingQueue = trigger.capacityPerSecond * timeoutSeconds;
  // The first retries arrive one timeout after the trigger's start.
  const withoutRetries = arrivals > capacity ? tippingQueue / (arrivals - capacity) : Number.POSITIVE_INFINITY;
  if (withoutRetries <= timeoutSeconds) {
    return withoutRetries;
  }
  const growth = growthPerSecond(trigger);
  return growth > 0 ? (tippingQueue + arrivals * trigger.retries * timeoutSeconds) / growth : Number.POSITIVE_INFINITY;
}

/**
 * The longest queue from which a server still answers in time: μ(τ - S), in calls. A queue with this bound refuses what it could not
 * answer before the clients' timeout, so a retry storm ends within seconds of its trigger.
 *
 * @param serviceMs S, the mean time of a call that does not wait, in milliseconds: 0 to 86,400,000.
 * @throws RangeError if a number is out of its range; `timeoutMs` is 1 to 86,400,000.
 *
 * @example
 * queueBound({ capacityPerSecond: 1_000, timeoutMs: 500, serviceMs: 10 }); // 490
 */
export function queueBound(server: { readonly capacityPerSecond: number; readonly timeoutMs: number; readonly serviceMs: number }): number {
  assertInRange("capacityPerSecond", server.capacityPerSecond, capacityRange);
  assertInRange("timeoutMs", server.timeoutMs, timeoutRange);
  assertInRange("serviceMs", server.serviceMs, { ...timeoutRange, min: 0 });
  return Math.max(0, Math.floor((server.capacityPerSecond * (server.timeoutMs - server.serviceMs)) / 1_000));
}

const rateRange = { min: 0, max: 1_000_000_000 };
const capacityRange = { min: 0.000_001, max: 1_000_000_000 };
const retriesRange = { min: 0, max: 1_000 };
const timeoutRange = { min: 1, max: 86_400_000 };

function offeredPerSecond({ arrivalsPerSecond, retries }: RetryStormLoad): number {
  return arrivalsPerSecond * (1 + retries);
}

function duringTrigger(trigger: RetryStormTrigger): { readonly arrivals: number; readonly capacity: number } {
  return {
    arrivals: trigger.triggerArrivalsPerSecond ?? trigger.arrivalsPerSecond,
    capacity: trigger.triggerCapacityPerSecond ?? trigger.capacityPerSecond,
  };
}

function growthPerSecond(trigger: RetryStormTrigger): number {
  const { arrivals, capacity } = duringTrigger(trigger);
  return arrivals * (1 + trigger.retries) - capacity;
}

function assertLoad({ arrivalsPerSecond, retries, capacityPerSecond }: RetryStormLoad): void {
  assertInRange("arrivalsPerSecond", arrivalsPerSecond, rateRange);
  assertInRange("retries", retries, retriesRange);
  assertInRange("capacityPerSecond", capacityPerSecond, capacityRange);
}

function assertTrigger(trigger: RetryStormTrigger): void {
  assertLoad(trigger);
  const { arrivals, capacity } = duringTrigger(trigger);
  assertInRange("triggerArrivalsPerSecond", arrivals, rateRange);
  assertInRange("triggerCapacityPerSecond", capacity, rateRange);
}
