import type { Field, FieldType } from "../model/field.ts";
import type { JsonValue } from "../model/json.ts";

/** What an expression is worth: a field's type, a row of an entity, a record, or one of the two that no field can hold. */
export type ValueType =
  | FieldType
  | { readonly kind: "row"; readonly entity: string }
  | { readonly kind: "record"; readonly fields: readonly Field[] }
  | { readonly kind: "unknown" };

/**
 * An expression kept as data: one value becomes a guard, a row-level policy, a check constraint and a statement.
 * Missing values follow SQL: a comparison with a missing value is neither true nor false, and a condition selects a row only when it is true.
 *
 * Variables: `row` (the row in question), `me` (a record with `id`), `input`, `now`, `event`, and the names that steps and items were given.
 */
export type Expression =
  | { readonly kind: "literal"; readonly type: ValueType; readonly value: JsonValue }
  | { readonly kind: "variable"; readonly name: string; readonly type: ValueType }
  | { readonly kind: "field"; readonly of: Expression; readonly name: string; readonly type: ValueType }
  | { readonly kind: "compare"; readonly op: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "in"; readonly of: Expression; readonly values: readonly JsonValue[] }
  | { readonly kind: "missing"; readonly of: Expression }
  | { readonly kind: "and"; readonly all: readonly Expression[] }
  | { readonly kind: "or"; readonly any: readonly Expression[] }
  | { readonly kind: "not"; readonly of: Expression }
  | {
      readonly kind: "arithmetic";
      readonly op: "plus" | "minus" | "times";
      readonly left: Expression;
      readonly right: Expression;
      readonly type: ValueType;
    }
  | { readonly kind: "startsWith"; readonly of: Expression; readonly prefix: Expression }
  /** Every word of `words` (split at white space) occurs in the text, whatever its case. No word matches every text. */
  | { readonly kind: "matches"; readonly of: Expression; readonly words: Expression }
  | { readonly kind: "olderThan"; readonly of: Expression; readonly ageMs: number }
  /** The calendar date of a time, in UTC. */
  | { readonly kind: "date"; readonly of: Expression }
  | { readonly kind: "count"; readonly of: Expression }
  | { readonly kind: "sum"; readonly of: Expression; readonly item: string; readonly each: Expression; readonly type: ValueType }
  | { readonly kind: "every" | "some"; readonly of: Expression; readonly item: string; readonly holds: Expression }
  | { readonly kind: "hasRole"; readonly role: string }
  | { readonly kind: "record"; readonly fields: { readonly [name: string]: Expression } };

export type Comparison = "eq" | "ne" | "below" | "atMost" | "above" | "atLeast";
export type ExpressionKind = Expression["kind"];
