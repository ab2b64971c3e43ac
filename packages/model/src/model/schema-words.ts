import type { JsonValue } from "./json.ts";

// The few words that the schema of a model is written in.
export type Schema = { readonly [keyword: string]: JsonValue };

export const text: Schema = { type: "string" };
/** An item's id, like `orders.Order`. */
export const id: Schema = { type: "string", minLength: 1 };
export const json: Schema = { description: "any JSON value" };

export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
export const list = (items: Schema): Schema => ({ type: "array", items });
export const map = (values: Schema): Schema => ({ type: "object", additionalProperties: values });
export const oneOf = (...values: readonly string[]): Schema => ({ enum: values });

/** An object with exactly these properties: the first are there always, the second may be left out. */
export function record(required: { readonly [name: string]: Schema }, optional: { readonly [name: string]: Schema } = {}): Schema {
  return { type: "object", properties: { ...required, ...optional }, required: Object.keys(required), additionalProperties: false };
}
