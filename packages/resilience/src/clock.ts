import type { Signal } from "./abort.ts";

/**
 * Reads a clock in milliseconds. It should be monotonic (`() => performance.now()`): to a machine, a step back is no time at all.
 */
export type Clock = () => number;

/** Draws a number from [0, 1): `Math.random`, or a seeded generator in a simulation. */
export type Random = () => number;

/**
 * Resolves after `ms` milliseconds, and settles sooner when `signal` aborts, by resolving or by rejecting as it likes.
 *
 * @example
 * import { setTimeout } from "node:timers/promises";
 * const sleep: Sleep = (ms, signal) => setTimeout(ms, undefined, { signal });
 */
export type Sleep = (ms: number, signal?: Signal) => Promise<void>;

/** What code that waits takes from its surroundings, so that a simulated world can stand in for the real one. */
export interface Surroundings {
  readonly now: Clock;
  readonly random: Random;
  readonly sleep: Sleep;
}
