export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

const dayMs = 86_400_000;

/** A length of time that somebody configures: from a millisecond to a day. */
export const durationRange: Range = { min: 1, max: dayMs };

/** Like `durationRange`, where nothing at all makes sense too. */
export const waitRange: Range = { min: 0, max: dayMs };

/** An instant of a machine's clock. A wall clock, a monotonic clock and a simulated one all start at zero or later. */
const instantRange: Range = { min: 0, max: Number.MAX_SAFE_INTEGER };

/**
 * Stops a caller's mistake where it was made: a machine that runs on NaN or on a negative time goes wrong later, and silently.
 *
 * @throws RangeError that names the value and the range that it must keep to.
 */
export function assertInRange(name: string, value: number, { min, max, whole = false }: Range): void {
  const fits = value >= min && value <= max && (!whole || Number.isInteger(value));
  if (!fits) {
    throw new RangeError(`${name} is ${value}: it must be a ${whole ? "whole " : ""}number from ${min} to ${max}.`);
  }
}

export function assertDurations(durations: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(durations)) {
    assertInRange(name, value, durationRange);
  }
}

export function assertInstant(nowMs: number): void {
  assertInRange("nowMs", nowMs, instantRange);
}

/** The instant a machine goes on from: a clock that stepped back stands still until it has caught up, so no time is ever negative. */
export function laterOf(earlierMs: number, nowMs: number): number {
  assertInstant(nowMs);
  return nowMs > earlierMs ? nowMs : earlierMs;
}
