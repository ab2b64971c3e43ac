import type { Quantity } from "../model/quantity.ts";
import { here, type Place } from "./origin.ts";
import { ModelError } from "./model-error.ts";

const millisecondsPer: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const secondsPer: Record<string, number> = { s: 1, min: 60, h: 3_600, day: 86_400 };
const bytesPer: Record<string, number> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** '400ms' → 400. */
export const durationMs = (text: string, place = here()): number =>
  scaled(text, /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/, millisecondsPer, "a duration like '400ms', '30s' or '90d'", place);
/** '2/min' → 0.0333 a second. */
export const ratePerSecond = (text: string, place = here()): number => {
  const match = /^(\d+(?:\.\d+)?)\/(s|min|h|day)$/.exec(text);
  if (!match) throw wrongUnit(text, "a rate like '8/s', '40/min' or '1000/day'", place);
  return Number(match[1]) / (secondsPer[match[2] ?? ""] ?? 1);
};
/** '99.9%' → 0.999. */
export const share = (text: string, place = here()): number => {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (!match || Number(match[1]) > 100) throw wrongUnit(text, "a share from '0%' to '100%'", place);
  return Number((Number(match[1]) / 100).toPrecision(12));
};
/** '150%' → 1.5 more after a year. */
export const growthPerYear = (text: string, place = here()): number => {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (!match) throw wrongUnit(text, "a growth like '40%' or '150%'", place);
  return Number((Number(match[1]) / 100).toPrecision(12));
};
/** How many there are of something that is counted. */
export const count = (value: number, place = here()): number => {
  if (!Number.isInteger(value) || value < 0) throw wrongUnit(value, "a whole number from 0 on", place);
  return value;
};
/** '5MB' → 5,000,000. */
export const sizeBytes = (text: string, place = here()): number =>
  scaled(text, /^(\d+(?:\.\d+)?)(KB|MB|GB|TB)$/, bytesPer, "a size like '5MB'", place);
/** '600 EUR/month' → 600 and EUR. */
export const budgetPerMonth = (text: string, place = here()): { amount: number; currency: string } => {
  const match = /^(\d+(?:\.\d+)?) ([A-Z]{3})\/month$/.exec(text);
  if (!match) throw wrongUnit(text, "a budget like '600 EUR/month'", place);
  return { amount: Number(match[1]), currency: match[2] ?? "" };
};

/** A fact or a question in words, with the unit taken off. */
export function quantity<T>(
  said: T | { kind: "unknown"; ask: string; assumed: T; range?: readonly [T, T] },
  toNumber: (value: T) => number,
): Quantity {
  if (!isUnknown<T>(said)) return toNumber(said);
  const { ask, assumed, range } = said;
  return { kind: "unknown", ask, assumed: toNumber(assumed), ...(range && { range: [toNumber(range[0]), toNumber(range[1])] as const }) };
}

function isUnknown<T>(said: unknown): said is { kind: "unknown"; ask: string; assumed: T; range?: readonly [T, T] } {
  return typeof said === "object" && said !== null && "kind" in said && said.kind === "unknown";
}

function scaled(text: string, pattern: RegExp, units: Record<string, number>, expected: string, place: Place): number {
  const match = pattern.exec(text);
  if (!match) throw wrongUnit(text, expected, place);
  return Number(match[1]) * (units[match[2] ?? ""] ?? 1);
}

function wrongUnit(text: unknown, expected: string, place: Place): ModelError {
  return new ModelError(
    {
      code: "model/unit",
      message: `"${String(text)}" is not ${expected}.`,
      why: "A number without its unit is read differently by everybody.",
      fix: `Write ${expected}.`,
    },
    [place],
  );
}
