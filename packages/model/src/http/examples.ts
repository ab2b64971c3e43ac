import { compareDecimals } from "../language/money.ts";
import type { Field, FieldKind } from "../model/field.ts";
import type { JsonValue } from "../model/json.ts";
import type { Entity, Returns } from "../model/model.ts";
import type { JsonRecord } from "../values/codec.ts";
import { durationToMs, msToDuration } from "../values/duration.ts";
import { withDerivedValues } from "./derived-values.ts";
import { filePrefix, idPrefix, type SchemaScope } from "./field-schema.ts";
import { sampleId, sampleTime } from "./sample-id.ts";
import { samplePattern } from "./sample-pattern.ts";
import { fitted, sampleMinorUnits, sampleNumber, sampleText } from "./sample-text.ts";

type Scope = Pick<SchemaScope, "lookup">;

/** A value that a real caller might send or get: always the same for the same field, and true to its schema. Undefined where a pattern says too much. */
export function exampleOf(scope: Scope, field: Field, owner = ""): JsonValue | undefined {
  return field.default ?? kinds[field.kind](field, scope, owner);
}

/** A record that has every field but the secrets, unless they are to be sent. Undefined where one of them has no example. */
export function exampleRecord(scope: Scope, fields: readonly Field[], owner = ""): JsonRecord | undefined {
  const values = fields.map((field) => [field.name, exampleOf(scope, field, owner)] as const);
  return values.every((entry): entry is readonly [string, JsonValue] => entry[1] !== undefined)
    ? Object.fromEntries(values as readonly (readonly [string, JsonValue])[])
    : undefined; // Looked at in the same line.
}

/** A row as its readers get it: the total of its lines is their total, where an invariant says so. */
export function exampleRow(scope: Scope, entity: Entity): JsonRecord | undefined {
  const visible = entity.fields.filter(({ kind }) => kind !== "secret");
  const row = exampleRecord(scope, visible, entity.id);
  return row && withDerivedValues({ ...entity, fields: visible }, row);
}

/** What an operation answers, or undefined where it answers nothing. */
export function exampleResult(scope: Scope, returns: Returns): JsonValue | undefined {
  switch (returns.kind) {
    case "nothing":
      return undefined;
    case "entity":
      return exampleRow(scope, scope.lookup.entity(returns.entity));
    case "field":
      return exampleOf(scope, returns.field);
    case "record":
      return exampleRecord(
        scope,
        returns.fields.filter(({ kind }) => kind !== "secret"),
      );
  }
}

/** Where a page ends, as the one after it is asked for. Clients never look into it. */
export const exampleCursor = "eyJhZnRlciI6IjAxa2c0eTc3aDAifQ";

type Samples = { readonly [K in FieldKind]: (field: Field & { readonly kind: K }, scope: Scope, owner: string) => JsonValue | undefined };

const samples: Samples = {
  id: ({ prefix }, _, owner) => sampleId(prefix, owner || prefix),
  text: textExample,
  int: (field) => clamped(sampleNumber(field.name), field),
  bool: () => true,
  time: () => sampleTime,
  date: ({ min, max }) => between("2026-01-31", min, max, (left, right) => (left < right ? -1 : left > right ? 1 : 0)),
  duration: ({ min, max }) => msToDuration(clampedBetween(durationToMs("14d"), min, max)),
  email: () => "ada@example.com",
  url: () => "https://example.com/kettles/1024",
  phone: () => "+351211234567",
  secret: ({ min = 1, max = Infinity }) => fitted("correct horse battery staple", Number(min), Number(max)),
  decimal: ({ name, digits, places, min, max }) =>
    between(decimalText(sampleNumber(name), { digits, places }), fixed(min, places), fixed(max, places), compareDecimals),
  money: (field) => ({ amount: clamped(sampleMinorUnits(field.name), field), currency: field.currency }),
  oneOf: ({ values }) => values[0],
  state: ({ initial }) => initial,
  json: ({ fields }, scope, owner) => exampleRecord(scope, fields, owner),
  ref: ({ entity }, { lookup }) => sampleId(idPrefix(lookup.entity(entity)) ?? "id", entity),
  list: ({ fields, min = 1, max = Infinity }, scope, owner) => {
    const item = exampleRecord(scope, fields, owner);
    return item && Array.from({ length: Math.min(Math.max(1, Number(min)), Number(max)) }, () => item);
  },
  page: ({ entity }, scope) => {
    const row = exampleRow(scope, scope.lookup.entity(entity));
    return row && { items: [row], next: exampleCursor };
  },
  file: ({ name }) => sampleId(filePrefix, name),
};
// Each kind's function takes the fields of its own kind, and is only ever called with one.
const kinds = samples as { readonly [K in FieldKind]: (field: Field, scope: Scope, owner: string) => JsonValue | undefined };

function textExample({ name, pattern, min = 0, max = Infinity }: Field, _: Scope, owner: string): string | undefined {
  return pattern === undefined ? sampleText(name, owner, Number(min), Number(max)) : samplePattern(pattern, Number(min), Number(max));
}

const clamped = (value: number, { min, max }: Field): number => clampedBetween(value, min, max);

function clampedBetween(value: number, min: Field["min"] = -Infinity, max: Field["max"] = Infinity): number {
  return Math.min(Math.max(value, Number(min)), Number(max));
}

function between(value: string, min: Field["min"], max: Field["max"], compare: (left: string, right: string) => number): string {
  if (min !== undefined && compare(value, String(min)) < 0) return String(min);
  return max !== undefined && compare(value, String(max)) > 0 ? String(max) : value;
}

function fixed(bound: Field["min"], places: number): string | undefined {
  return bound === undefined ? undefined : Number(bound).toFixed(places);
}

/** A number with no more digits than the type has before its point. */
function decimalText(value: number, { digits, places }: { readonly digits: number; readonly places: number }): string {
  return Math.min(value, 10 ** (digits - places) - 1).toFixed(places);
}
