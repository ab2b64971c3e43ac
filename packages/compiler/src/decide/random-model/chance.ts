import type { Quantity } from "@archwright/model";

/** Draws that are the same for the same seed. */
export interface Chance {
  /** From 0 up to 1. */
  readonly share: () => number;
  readonly whole: (low: number, high: number) => number;
  /** Over the orders of magnitude alike, to three digits. */
  readonly scale: (low: number, high: number) => number;
  readonly holds: (probability: number) => boolean;
  readonly one: <const T>(of: readonly [T, ...T[]]) => T;
  /** One of these, or nothing of nothing. */
  readonly any: <T>(of: readonly T[]) => T | undefined;
  readonly some: <T>(of: readonly T[], probability: number) => readonly T[];
  readonly times: <T>(low: number, high: number, make: (index: number) => T) => readonly T[];
  /** A number that is stated, or left open with what is assumed of it and maybe a range. */
  readonly quantity: (value: number, ask: string) => Quantity;
}

/** Mulberry32: small, quick, and as even as test data need. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (low: number, high: number): number => low + Math.floor(share() * (high - low + 1));
  const scale = (low: number, high: number): number => Number((low * (high / low) ** share()).toPrecision(3));
  const holds = (probability: number): boolean => share() < probability;
  return {
    share,
    whole,
    scale,
    holds,
    one: (of) => of[whole(0, of.length - 1)] ?? of[0],
    any: (of) => of[whole(0, of.length - 1)],
    some: (of, probability) => of.filter(() => holds(probability)),
    times: (low, high, make) => Array.from({ length: whole(low, high) }, (_, index) => make(index)),
    quantity: (value, ask) => {
      if (holds(0.6)) return value;
      return {
        kind: "unknown",
        ask,
        assumed: value,
        ...(holds(0.7) && { range: [value / scale(1, 10), value * scale(1, 10)] as const }),
      };
    },
  };
}
