/** What a duration looks like on the wire: a whole number of milliseconds, or at most three places of a longer unit. */
export const durationPattern = "^[0-9]{1,8}(ms|(\\.[0-9]{1,3})?[smhd])$";

/**
 * '90d' → 7,776,000,000.
 *
 * @throws RangeError if the text is no duration.
 */
export function durationToMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = units.find(([name]) => name === match?.[2]);
  if (!match || !unit) throw new RangeError(`A duration looks like "90d", "30s" or "400ms", not "${text}".`);
  return Math.round(Number(match[1]) * unit[1]);
}

/** 7,776,000,000 → '90d': in the longest unit that leaves no remainder. */
export function msToDuration(ms: number): string {
  const [name, length] = units.find(([, unitMs]) => ms % unitMs === 0) ?? ["ms", 1];
  return `${ms / length}${name}`;
}

const units: readonly (readonly [name: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];
