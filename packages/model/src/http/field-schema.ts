import type { Field, FieldKind } from "../model/field.ts";
import type { Lookup } from "../model/lookup.ts";
import type { Entity, Model } from "../model/model.ts";
import type { JsonRecord } from "../values/codec.ts";
import { durationPattern } from "../values/duration.ts";

/** A JSON Schema of the 2020-12 dialect, without references of its own. */
export type JsonSchema = JsonRecord;

/** What schemas are made in view of. `entity` may answer with a reference where a document holds the entity's schema once. */
export interface SchemaScope {
  readonly model: Model;
  readonly lookup: Lookup;
  readonly entity: (id: string) => JsonSchema;
}

/** What a caller gives: optional fields may be left out or null, fields with a default may be left out, nothing else may be there. */
export function inputSchema(scope: SchemaScope, fields: readonly Field[]): JsonSchema {
  return {
    type: "object",
    properties: propertiesOf(fields, (field) => inputField(scope, field)),
    ...requiredOf(fields.filter((field) => field.optional !== true && field.default === undefined)),
    additionalProperties: false,
  };
}

/** What a caller gets: every field is there and may be null if it is optional. Secrets are never there. */
export function outputSchema(scope: SchemaScope, fields: readonly Field[]): JsonSchema {
  const visible = fields.filter(({ kind }) => kind !== "secret");
  return { type: "object", properties: propertiesOf(visible, (field) => outputField(scope, field)), ...requiredOf(visible) };
}

export function inputField(scope: SchemaScope, field: Field): JsonSchema {
  const schema = {
    ...kinds[field.kind](field, scope, inputSchema),
    ...(field.default !== undefined && { default: field.default }),
    ...factsOf(field),
  };
  return field.optional ? nullable(schema) : schema;
}

export function outputField(scope: SchemaScope, field: Field): JsonSchema {
  const schema = { ...kinds[field.kind](field, scope, outputSchema), ...factsOf(field) };
  return field.optional ? nullable(schema) : schema;
}

/** The prefix, an underscore and 26 characters of Crockford's base 32: a UUID of version 7. */
export const idPattern = (prefix: string): string => `^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`;

/** The prefix of the ids of files, which no entity has. */
export const filePrefix = "fil";

/** The prefix of an entity's ids. */
export function idPrefix(entity: Entity): string | undefined {
  return entity.fields.flatMap((field) => (field.kind === "id" ? [field.prefix] : []))[0];
}

type SchemaOfRecord = (scope: SchemaScope, fields: readonly Field[]) => JsonSchema;
type KindSchemas = {
  readonly [K in FieldKind]: (field: Field & { readonly kind: K }, scope: SchemaScope, record: SchemaOfRecord) => JsonSchema;
};

const kindSchemas: KindSchemas = {
  id: ({ prefix }) => idSchema(prefix),
  text: ({ min, max, pattern }) => ({
    type: "string",
    ...(min !== undefined && { minLength: min }),
    ...(max !== undefined && { maxLength: max }),
    ...(pattern !== undefined && { pattern: wholeText(pattern) }),
  }),
  int: (field) => integer(field),
  bool: () => ({ type: "boolean" }),
  time: () => ({ type: "string", format: "date-time" }),
  date: () => ({ type: "string", format: "date" }),
  duration: () => ({ type: "string", pattern: durationPattern }),
  email: () => ({ type: "string", format: "email", maxLength: 254 }),
  url: () => ({ type: "string", format: "uri", maxLength: 2048 }),
  phone: () => ({ type: "string", pattern: "^\\+[1-9][0-9]{6,14}$" }),
  secret: ({ min = 1, max }) => ({ type: "string", minLength: min, ...(max !== undefined && { maxLength: max }), writeOnly: true }),
  decimal: ({ digits, places }) => ({ type: "string", pattern: decimalPattern(digits, places) }),
  money: (field) => ({
    type: "object",
    properties: { amount: integer(field), currency: { const: field.currency } },
    required: ["amount", "currency"],
    additionalProperties: false,
  }),
  oneOf: ({ values }) => ({ type: "string", enum: values }),
  state: ({ moves }) => ({ type: "string", enum: Object.keys(moves) }),
  json: ({ fields }, scope, record) => record(scope, fields),
  ref: ({ entity }, { lookup }) => idSchema(idPrefix(lookup.entity(entity))),
  list: ({ fields, min, max }, scope, record) => ({
    type: "array",
    items: record(scope, fields),
    ...(min !== undefined && { minItems: min }),
    ...(max !== undefined && { maxItems: max }),
  }),
  page: ({ entity }, scope) => ({
    type: "object",
    properties: { items: { type: "array", items: scope.entity(entity) }, next: { type: ["string", "null"] } },
    required: ["items", "next"],
  }),
  file: () => idSchema(filePrefix),
};
// Each kind's function takes the fields of its own kind, and is only ever called with one.
const kinds = kindSchemas as { readonly [K in FieldKind]: (field: Field, scope: SchemaScope, record: SchemaOfRecord) => JsonSchema };

function idSchema(prefix: string | undefined): JsonSchema {
  return { type: "string", ...(prefix !== undefined && { pattern: idPattern(prefix) }) };
}

/** JSON has no larger whole numbers that every reader understands. */
function integer({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: Field): JsonSchema {
  return { type: "integer", minimum: min, maximum: max };
}

function decimalPattern(digits: number, places: number): string {
  const whole = digits > places ? `[0-9]{1,${digits - places}}` : "0";
  return places === 0 ? `^-?${whole}$` : `^-?${whole}(\\.[0-9]{1,${places}})?$`;
}

/** The author's pattern is of the whole text, however it is anchored. */
function wholeText(pattern: string): string {
  return /^\^[^|]*[^\\]\$$/.test(pattern) ? pattern : `^(?:${pattern})$`;
}

function factsOf({ deprecated, since }: Field): JsonSchema {
  const description = [
    ...(since === undefined ? [] : [`Since ${since}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated: ${deprecated}.`]),
  ].join(" ");
  return { ...(deprecated !== undefined && { deprecated: true }), ...(description !== "" && { description }) };
}

function nullable(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  return {
    ...schema,
    ...(typeof type === "string" && { type: [type, "null"] }),
    ...(Array.isArray(values) && { enum: [...values, null] }),
  };
}

function propertiesOf(fields: readonly Field[], schemaOf: (field: Field) => JsonSchema): JsonSchema {
  return Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)]));
}

function requiredOf(fields: readonly Field[]): JsonSchema {
  return fields.length === 0 ? {} : { required: fields.map(({ name }) => name) };
}
