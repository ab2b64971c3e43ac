import type { MissingIndex } from "../facts/indexed-fields.ts";
import type { PlacedField } from "../facts/nested-fields.ts";

/** Numbers and lists as they stand in a sentence. */

/** 400 → "400 ms", 3600 → "3.6 s", 7776000000 → "90 d". */
export function duration(ms: number): string {
  const [unit, size] = units.findLast(([, unitMs]) => ms >= unitMs && ms % (unitMs / 10) === 0) ?? ["ms", 1];
  return `${Number((ms / size).toFixed(1))} ${unit}`;
}

const units: readonly (readonly [name: string, ms: number])[] = [
  ["ms", 1],
  ["s", 1_000],
  ["min", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
];

/** 0.998001 → "99.8 %": as many nines as a promise may have. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(5))} %`;

/** 60 → "60/s", 0.0333 → "2/min". */
export function rate(perSecond: number): string {
  return perSecond >= 1 || perSecond === 0 ? `${rounded(perSecond)}/s` : `${rounded(perSecond * 60)}/min`;
}

/** ["a", "b", "c"] → "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** "orders.placeOrder" → "placeOrder". */
export const shortName = (id: string): string => id.slice(id.indexOf(".") + 1);

export const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** (1, "call") → "1 call", (2, "call") → "2 calls". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The names of fields as they stand in their item: `skills.name`. */
export function fieldNames(placed: readonly PlacedField[], item: string): string {
  return listed(placed.map(({ path }) => path.slice(item.length + 1)));
}

const rounded = (value: number): number => Number(value.toPrecision(3));

/** What an author writes to have the indexes: ".index() to city and .search() to title". */
export function indexesToAdd(missing: readonly MissingIndex[]): string {
  return listed(missing.map(({ field, of }) => `${of === "words" ? ".search()" : ".index()"} to ${field}`));
}
