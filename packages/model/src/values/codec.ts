import { decimal, money } from "../language/money.ts";
import type { Currency, Decimal, Money } from "../language/values.ts";
import type { Field, FieldType } from "../model/field.ts";
import type { JsonValue } from "../model/json.ts";

export type JsonRecord = { readonly [name: string]: JsonValue };

/** From the wire to memory. The JSON has passed the field's schema; what is missing is null. */
export function fromJson(type: FieldType, json: unknown): unknown {
  if (json === null || json === undefined) return null;
  switch (type.kind) {
    case "money":
      return money((json as JsonMoney).amount, type.currency as Currency); // What the schema admits, here and below.
    case "decimal":
      return decimal(json as string);
    case "time":
      return new Date(json as string);
    case "json":
      return recordFromJson(type.fields, json);
    case "list":
      return (json as readonly unknown[]).map((item) => recordFromJson(type.fields, item));
    default:
      return json;
  }
}

/** From memory to the wire. */
export function toJson(type: FieldType, value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case "money":
      return moneyToJson(value as Money); // What `fromJson` and the database make of the type; the same for each case below.
    case "decimal":
      return (value as Decimal).digits;
    case "time":
      return (value as Date).toISOString();
    case "json":
      return recordToJson(type.fields, value);
    case "list":
      return (value as readonly unknown[]).map((item) => recordToJson(type.fields, item));
    default:
      return value as JsonValue;
  }
}

/** A whole record: what was left out takes its default, or is null. */
export function recordFromJson(fields: readonly Field[], json: unknown): Record<string, unknown> {
  const given = asRecord(json);
  const record: Record<string, unknown> = {};
  for (const field of fields) record[field.name] = fromJson(field, Object.hasOwn(given, field.name) ? given[field.name] : field.default);
  return record;
}

/** A part of a record, as a change gives it: what was left out stays as it is. */
export function changesFromJson(fields: readonly Field[], json: unknown): Record<string, unknown> {
  const given = asRecord(json);
  const changes: Record<string, unknown> = {};
  for (const field of fields) if (Object.hasOwn(given, field.name)) changes[field.name] = fromJson(field, given[field.name]);
  return changes;
}

/** A whole record for a caller: every field is there, except secrets, which are never read back. */
export function recordToJson(fields: readonly Field[], record: unknown): JsonRecord {
  const value = asRecord(record);
  const json: Record<string, JsonValue> = {};
  for (const field of fields) if (field.kind !== "secret") json[field.name] = toJson(field, value[field.name]);
  return json;
}

interface JsonMoney {
  readonly amount: number;
}

function moneyToJson({ amount, currency }: Money): JsonValue {
  const minorUnits = Number(amount);
  if (!Number.isSafeInteger(minorUnits)) throw new RangeError(`${amount} ${currency} is more than a JSON number can say exactly.`);
  return { amount: minorUnits, currency };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`A record was expected, not ${value === null ? "null" : typeof value}.`);
  return value as Readonly<Record<string, unknown>>; // Looked at above.
}
