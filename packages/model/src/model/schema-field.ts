import type { FieldKind } from "./field.ts";
import { id, list, map, oneOf, record, ref, text, type Schema } from "./schema-words.ts";

/** What each kind of field says besides its kind. A kind without an entry does not compile. */
export const typeFacts: { readonly [K in FieldKind]: { readonly [name: string]: Schema } } = {
  id: { prefix: text },
  text: {},
  int: {},
  bool: {},
  time: {},
  date: {},
  duration: {},
  email: {},
  url: {},
  phone: {},
  secret: {},
  decimal: { digits: { type: "integer" }, places: { type: "integer" } },
  money: { currency: text },
  oneOf: { values: list(text) },
  state: { initial: text, moves: map(list(text)) },
  json: { fields: list(ref("field")) },
  ref: { entity: id },
  list: { fields: list(ref("field")) },
  page: { entity: id },
  file: { maxBytes: { type: "number" }, types: list(text) },
};

const flag: Schema = { const: true };
const bound: Schema = { type: ["number", "string"] };

const facts: { readonly [name: string]: Schema } = {
  optional: flag,
  now: flag,
  unique: flag,
  index: flag,
  search: flag,
  readonly: flag,
  default: ref("json"),
  min: bound,
  max: bound,
  pattern: text,
  personal: record({ basis: oneOf("contract", "consent", "legal", "legitimate-interest"), keepMs: { type: "number" } }),
  since: text,
  deprecated: text,
  renamedFrom: text,
};

export const fieldSchema: Schema = {
  anyOf: Object.entries(typeFacts).map(([kind, type]) => record({ kind: { const: kind }, name: text, ...type }, facts)),
};
