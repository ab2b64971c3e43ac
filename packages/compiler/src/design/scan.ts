import type { Input } from "../formulas/formula.ts";

/**
 * The values at which an input is tried, away from its own in one direction: close to each other at first, ever wider later.
 * Shares near 1, such as availabilities, are tried by what they lack of it; answers of yes or no by their opposite.
 */
export function triedValues({ unit, value }: Input, direction: "up" | "down", reach: Reach = "far"): readonly number[] {
  const factors = reach === "far" ? farFactors : nearFactors;
  if (unit === "yes/no") return (value === 0) === (direction === "up") ? [1 - value] : [];
  if (value === 0) return direction === "up" ? factors.map((factor) => (factor - 1) * smallest(unit)) : [];
  const isNearOne = unit === "share" && value > 0.9 && value < 1;
  const tried = factors.map((factor) => {
    const times = direction === "up" ? factor : 1 / factor;
    return isNearOne ? 1 - (1 - value) / times : value * times;
  });
  if (unit === "people" || unit === "count") {
    const all = [...tried, ...wholeNumbers(value, direction)].sort((left, right) => Math.abs(left - value) - Math.abs(right - value));
    // Half a person takes no turns.
    return unit === "people" ? all.filter((people) => people >= 1) : all;
  }
  return unit === "share" ? tried.filter((share) => share > 0 && (share <= 1 || value > 1)) : tried;
}

/** What can be counted on the fingers is tried as such: one process alone may be a case of its own, and none a little above it. */
function wholeNumbers(value: number, direction: "up" | "down"): readonly number[] {
  const numbers = Array.from({ length: fingers }, (_, index) => index + 1);
  return numbers.filter((number) => (direction === "up" ? number > value : number < value));
}

const fingers = 10;

/** What one begins with that is nothing yet. */
const smallest = (unit: Input["unit"]): number => (unit === "share" ? 0.01 : 1);

/** Near is half and half as much again, far is a thousandth and a thousandfold. */
export type Reach = "near" | "far";

/** 2 % off at first, then 5 % apart up to twice as much, and 40 % apart from there on. */
const nearFactors: readonly number[] = Array.from({ length: 15 }, (_, step) => 1.02 * 1.05 ** step);
const farFactors: readonly number[] = [...nearFactors, ...Array.from({ length: 19 }, (_, step) => 1.02 * 1.05 ** 14 * 1.4 ** (step + 1))];

/**
 * The value between two at which something ends that holds at the first.
 *
 * @returns The first value at which it no longer holds, to a millionth, from 0 on to a millionth of 1; and to a hundred-thousandth of the way
 *   between the two, which counts for what lies as near to 1 as availabilities do.
 */
export function bisect(from: number, until: number, holdsAt: (value: number) => boolean): number {
  let holds = from;
  let ends = until;
  const isWide = (): boolean => {
    const scale = from === 0 ? 1 : Math.max(Math.abs(ends), Math.abs(holds));
    return Math.abs(ends - holds) > Math.min(1e-6 * scale, 1e-5 * Math.abs(until - from));
  };
  for (let step = 0; step < 60 && isWide(); step += 1) {
    const middle = (holds + ends) / 2;
    if (holdsAt(middle)) holds = middle;
    else ends = middle;
  }
  return ends;
}
