import type { Field, FieldKind } from "../model/field.ts";
import type { JsonValue } from "../model/json.ts";
import type { JsonRecord } from "../values/codec.ts";

/** How the text of a query or path parameter becomes the JSON that the field's schema judges. Bodies are never coerced. */
export type Coercion = "text" | "integer" | "boolean" | "minor-units" | "json";

export const coercions: { readonly [K in FieldKind]: Coercion } = {
  id: "text",
  text: "text",
  int: "integer",
  bool: "boolean",
  time: "text",
  date: "text",
  duration: "text",
  email: "text",
  url: "text",
  phone: "text",
  secret: "text",
  decimal: "text",
  // The currency is the field's own, so `price=1299` says it all.
  money: "minor-units",
  oneOf: "text",
  state: "text",
  ref: "text",
  file: "text",
  json: "json",
  list: "json",
  page: "json",
};

export function queryFields(fields: readonly Field[]): readonly { readonly name: string; readonly coercion: Coercion }[] {
  return fields.map(({ name, kind }) => ({ name, coercion: coercions[kind] }));
}

/** One parameter's text as JSON. What cannot be read stays text, so that the schema refuses it by name. */
export function fromQuery(field: Field, text: string): JsonValue {
  return readers[coercions[field.kind]](text, field);
}

/** The parameters that were given. One that was given twice is a list, which the schema of a single value refuses. */
export function recordFromQuery(
  fields: readonly Field[],
  query: { readonly [name: string]: string | readonly string[] | undefined },
): JsonRecord {
  const names = Object.keys(query);
  if (names.length === 0) return {};
  const known = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = query[name];
      if (given === undefined) return [];
      const field = known.get(name);
      return [[name, field && typeof given === "string" ? fromQuery(field, given) : given] as const];
    }),
  );
}

const readers: { readonly [C in Coercion]: (text: string, field: Field) => JsonValue } = {
  text: (text) => text,
  integer: asInteger,
  boolean: (text) => (text === "true" ? true : text === "false" ? false : text),
  "minor-units": (text, field) => (field.kind === "money" ? { amount: asInteger(text), currency: field.currency } : text),
  json: asJson,
};

function asInteger(text: string): JsonValue {
  const value = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : text;
}

function asJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue; // JSON.parse answers nothing else.
  } catch {
    return text;
  }
}
