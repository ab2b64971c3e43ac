import type { JsonValue } from "../model/json.ts";

/** The JSON form of a plain value of the language: money and decimals by their parts, times as ISO text. */
export function toJson(value: unknown): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return finite(value);
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object") return objectToJson(value);
  throw new TypeError(`A ${typeof value} is no value that a model can keep.`);
}

function objectToJson(value: object): JsonValue {
  if (isMoney(value)) return { amount: Number(value.amount), currency: value.currency };
  if (isDecimal(value)) return value.digits;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no number that a model can keep.`);
  return value;
}

const isMoney = (value: object): value is { amount: bigint; currency: string } =>
  "amount" in value && typeof value.amount === "bigint" && "currency" in value;
const isDecimal = (value: object): value is { digits: string } => "digits" in value && typeof value.digits === "string" && "plus" in value;
