import type { ExpressionKind } from "../expressions/expression.ts";
import { typeFacts } from "./schema-field.ts";
import { id, list, map, oneOf, record, ref, text, type Schema } from "./schema-words.ts";

const type = ref("type");
const expression = ref("expression");

/** What each kind of expression says besides its kind. A kind without an entry does not compile. */
const facts: { readonly [K in ExpressionKind]: { readonly [name: string]: Schema } } = {
  literal: { type, value: ref("json") },
  variable: { type, name: text },
  field: { type, of: expression, name: text },
  compare: { op: oneOf("eq", "ne", "below", "atMost", "above", "atLeast"), left: expression, right: expression },
  in: { of: expression, values: list(ref("json")) },
  missing: { of: expression },
  and: { all: list(expression) },
  or: { any: list(expression) },
  not: { of: expression },
  arithmetic: { op: oneOf("plus", "minus", "times"), left: expression, right: expression, type },
  startsWith: { of: expression, prefix: expression },
  matches: { of: expression, words: expression },
  olderThan: { of: expression, ageMs: { type: "number" } },
  date: { of: expression },
  count: { of: expression },
  sum: { of: expression, item: text, each: expression, type },
  every: { of: expression, item: text, holds: expression },
  some: { of: expression, item: text, holds: expression },
  hasRole: { role: text },
  record: { fields: map(expression) },
};

export const expressionSchema: { readonly [name: string]: Schema } = {
  expression: { anyOf: Object.entries(facts).map(([kind, said]) => record({ kind: { const: kind }, ...said })) },
  type: {
    anyOf: [
      ...Object.entries(typeFacts).map(([kind, said]) => record({ kind: { const: kind }, ...said })),
      record({ kind: { const: "row" }, entity: id }),
      record({ kind: { const: "record" }, fields: list(ref("field")) }),
      record({ kind: { const: "unknown" } }),
    ],
  },
};
