import type { Facts } from "../facts/facts.ts";
import { constant, difference, exact, greatest, least, named, power, product, quotient, zero, type Formula } from "../formulas/formula.ts";
import { formulaOf } from "./given.ts";
import type { LoadFormulas } from "./load.ts";
import type { PromiseFormulas } from "./promises.ts";

/** What a call of a third party takes, and what those who wait for it leave it. */
export interface ThirdPartyFormulas {
  /** The slowest of a thousand calls. */
  readonly p999Of: (call: string) => Formula;
  /** The shortest time that a caller's promise leaves for it, or what the server gives any request. */
  readonly timeLeftOf: (call: string) => Formula;
  /** The highest availability that one of its callers promises. */
  readonly promiseOf: (call: string) => Formula;
  /** Calls that it takes in a second. */
  readonly capacityOf: (call: string) => Formula;
  /** Operations and jobs that wait for it, in any number of steps. */
  readonly waitersOf: (call: string) => readonly string[];
}

const tailExponent = constant(
  "tail-exponent",
  "power of p99 over p50 by which p99.9 exceeds p99",
  0.3285,
  "count",
  "general",
  "quantiles of a lognormal time: (3.090 − 2.326) / 2.326; to be measured",
  [0.2, 1],
);
const requestLimitMs = constant(
  "request-limit",
  "time that the server gives a request",
  30_000,
  "ms",
  "measured",
  "default of our server: answerTimeoutMs",
);
const unstatedRoom = constant(
  "unstated-room",
  "limit of a third party over our peak, where it states none",
  5,
  "count",
  "general",
  "most account limits are far above the first customers' load; to be asked for",
  [1.5, 50],
);

export function thirdPartyFormulas({ calls, items }: Facts, load: LoadFormulas, promises: PromiseFormulas): ThirdPartyFormulas {
  const waiters = new Map<string, readonly string[]>();
  const waitersOf = (call: string): readonly string[] => {
    const known = waiters.get(call);
    if (known) return known;
    const made = [...reachedBackFrom(call)];
    waiters.set(call, made);
    return made;
  };
  return {
    waitersOf,
    p999Of: formulaOf((call) => {
      const tail = power(quotient(promises.callP99Of(call), greatest(exact(1), promises.callP50Of(call))), tailExponent);
      return named(`${call}.p999`, `p99.9 of ${nameOf(call)}`, "ms", product(promises.callP99Of(call), greatest(exact(1), tail)));
    }, zero),
    timeLeftOf: formulaOf((call) => {
      const left = waitersOf(call).flatMap((waiter) => {
        const promised = promises.promisedP99Of(waiter);
        return promised ? [difference(promised, difference(promises.p99Of(waiter), promises.callP99Of(call)))] : [];
      });
      const words = `time that its callers leave for ${nameOf(call)}`;
      return named(`${call}.time-left`, words, "ms", greatest(exact(1), least(requestLimitMs, ...left)));
    }, requestLimitMs),
    promiseOf: formulaOf((call) => {
      const operations = waitersOf(call).filter((id) => items.operations.has(id));
      const promised = operations.length > 0 ? operations.map(promises.promisedAvailabilityOf) : [promises.availability];
      return named(`${call}.promise`, `availability that the callers of ${nameOf(call)} promise`, "share", greatest(...promised));
    }, promises.availability),
    capacityOf: formulaOf((call) => promises.callLimitOf(call) ?? product(load.peakOf(call), unstatedRoom), zero),
  };

  function nameOf(call: string): string {
    const external = items.externalCalls.get(call);
    return external ? `${external.call.name} of ${external.integration.name}` : call;
  }

  function reachedBackFrom(call: string): ReadonlySet<string> {
    const reached = new Set(calls.callersOf(call).map(({ id }) => id));
    // A set hands out what is added while it is walked.
    for (const id of reached) for (const caller of calls.callersOf(id)) reached.add(caller.id);
    return reached;
  }
}
