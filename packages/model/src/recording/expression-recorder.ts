import type { Comparison, Expression, ValueType } from "../expressions/expression.ts";
import { typeOf } from "../expressions/type-of.ts";
import type { Field } from "../model/field.ts";
import { ModelError } from "./model-error.ts";
import { here, type Place } from "./origin.ts";
import { toJson } from "./to-json.ts";
import { durationMs } from "./units.ts";

/**
 * Records what an author writes over rows and inputs. Each value that he holds is an object with the methods of `language/expressions.ts`;
 * each method answers with a new one whose node is data.
 */
const node: unique symbol = Symbol("expression");

interface Recorded {
  readonly [node]: Expression;
}

/** Runs an author's function and insists that every condition it made went somewhere: `if (row.paid)` is always true, and would be lost without a word. */
export function recording<T>(run: () => T): T {
  const result = watching(run);
  // Where a condition was made is only asked when it was lost: remembering each place would cost more than all else.
  if (result.unused) watching(run, "placed");
  return result.value;
}

function watching<T>(run: () => T, placed?: "placed"): { readonly value: T; readonly unused: boolean } {
  const outer = pending;
  pending = { conditions: new Map(), placed: placed !== undefined };
  try {
    const value = run();
    consume(value);
    for (const place of pending.conditions.values()) if (place) throw unusedCondition(place);
    return { value, unused: pending.conditions.size > 0 };
  } finally {
    pending = outer;
  }
}

/** The conditions that nothing has used yet, each with its place where that is wanted. */
interface Pending {
  readonly conditions: Map<Expression, Place | undefined>;
  readonly placed: boolean;
}

let pending: Pending | undefined;
let names = new Map<string, number>();

/** A name for a step or an item that is new in the body being recorded: `order1`, `item2`. */
export function freshName(stem: string): string {
  const count = (names.get(stem) ?? 0) + 1;
  names.set(stem, count);
  return `${stem}${count}`;
}

export function resetNames(): void {
  names = new Map();
}

/** The recorded node of an author's value, or a literal of the type that is expected at its place. */
export function toExpression(value: unknown, expected: ValueType): Expression {
  const recorded = expressionIn(value);
  if (recorded) {
    pending?.conditions.delete(recorded);
    return recorded;
  }
  if (hasExpressions(value)) return recordExpression(value, expected);
  return { kind: "literal", type: expected, value: toJson(value ?? null) };
}

export function expressionIn(value: unknown): Expression | undefined {
  return typeof value === "object" && value !== null && node in value ? (value as Recorded)[node] : undefined; // The `in` has just looked.
}

/** A row, an input or an item: a plain record of expressions, so that it can be spread. */
export function recordOver(of: Expression, fields: readonly Field[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const field of fields) record[field.name] = expressionValue({ kind: "field", of, name: field.name, type: plainType(field) });
  return Object.defineProperty(record, node, { value: of, enumerable: false });
}

/** A record that is only ever used by its fields, each of which states its own type: the model would say them again at every use. */
export const nameOnly = (name: string): Expression => ({ kind: "variable", name, type: { kind: "record", fields: [] } });

/** The author's view of one expression. */
export function expressionValue(expression: Expression): unknown {
  if (pending && isCondition(expression)) pending.conditions.set(expression, pending.placed ? here() : undefined);
  const value = Object.create(methods) as { [node]: Expression }; // The methods find the expression under this key.
  value[node] = expression;
  return value;
}

/** A field's type without what the field says besides. */
export function plainType(field: Field): ValueType {
  switch (field.kind) {
    case "id":
      return { kind: "id", prefix: field.prefix };
    case "decimal":
      return { kind: "decimal", digits: field.digits, places: field.places };
    case "money":
      return { kind: "money", currency: field.currency };
    case "oneOf":
      return { kind: "oneOf", values: field.values };
    case "state":
      return { kind: "state", initial: field.initial, moves: field.moves };
    case "json":
      return { kind: "json", fields: field.fields };
    case "ref":
      return { kind: "ref", entity: field.entity };
    case "list":
      return { kind: "list", fields: field.fields };
    case "page":
      return { kind: "page", entity: field.entity };
    case "file":
      return { kind: "file", maxBytes: field.maxBytes, types: field.types };
    default:
      return { kind: field.kind };
  }
}

/** Conditions inside a result are used by it. */
function consume(result: unknown): void {
  const recorded = expressionIn(result);
  if (recorded) pending?.conditions.delete(recorded);
  else if (typeof result === "object" && result !== null) for (const inner of Object.values(result)) consume(inner);
}

function hasExpressions(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).some((inner) => expressionIn(inner) !== undefined || hasExpressions(inner))
  );
}

function recordExpression(value: Record<string, unknown>, expected: ValueType): Expression {
  const expectedFields = "fields" in expected ? expected.fields : [];
  const fields = Object.entries(value).map(([name, inner]) => {
    const field = expectedFields.find((candidate) => candidate.name === name);
    return [name, toExpression(inner, field ? plainType(field) : { kind: "unknown" })] as const;
  });
  return { kind: "record", fields: Object.fromEntries(fields) };
}

const conditions = new Set([
  "compare",
  "in",
  "missing",
  "and",
  "or",
  "not",
  "startsWith",
  "matches",
  "olderThan",
  "every",
  "some",
  "hasRole",
]);
const isCondition = (expression: Expression): boolean => conditions.has(expression.kind);

function self(value: unknown): Expression {
  const expression = expressionIn(value);
  if (!expression) throw new TypeError("A method of an expression was called on something else.");
  pending?.conditions.delete(expression);
  return expression;
}

const compare = (op: Comparison) =>
  function (this: unknown, other: unknown): unknown {
    const left = self(this);
    return expressionValue({ kind: "compare", op, left, right: toExpression(other, typeOf(left)) });
  };

const arithmetic = (op: "plus" | "minus" | "times") =>
  function (this: unknown, other: unknown): unknown {
    const left = self(this);
    const type = typeOf(left);
    return expressionValue({ kind: "arithmetic", op, left, right: toExpression(other, op === "times" ? factorType(type) : type), type });
  };

const factorType = (type: ValueType): ValueType => (type.kind === "decimal" ? type : { kind: "int" });

/** A function over the items of a list, recorded once with a name for the item. */
function overItems(value: unknown, of: (item: unknown) => unknown): { list: Expression; item: string; result: Expression } {
  const list = self(value);
  const type = typeOf(list);
  const item = freshName("item");
  return { list, item, result: toExpression(of(recordOver(nameOnly(item), type.kind === "list" ? type.fields : [])), { kind: "unknown" }) };
}

const quantifier = (kind: "every" | "some") =>
  function (this: unknown, holds: (item: unknown) => unknown): unknown {
    const { list, item, result } = overItems(this, holds);
    return expressionValue({ kind, of: list, item, holds: result });
  };

const methods = {
  eq: compare("eq"),
  ne: compare("ne"),
  below: compare("below"),
  atMost: compare("atMost"),
  above: compare("above"),
  atLeast: compare("atLeast"),
  plus: arithmetic("plus"),
  minus: arithmetic("minus"),
  times: arithmetic("times"),
  every: quantifier("every"),
  some: quantifier("some"),
  in(values: readonly unknown[]): unknown {
    return expressionValue({ kind: "in", of: self(this), values: values.map(toJson) });
  },
  isMissing(): unknown {
    return expressionValue({ kind: "missing", of: self(this) });
  },
  and(other: unknown): unknown {
    return expressionValue({ kind: "and", all: [self(this), toExpression(other, { kind: "bool" })] });
  },
  or(other: unknown): unknown {
    return expressionValue({ kind: "or", any: [self(this), toExpression(other, { kind: "bool" })] });
  },
  not(): unknown {
    return expressionValue({ kind: "not", of: self(this) });
  },
  startsWith(prefix: unknown): unknown {
    return expressionValue({ kind: "startsWith", of: self(this), prefix: toExpression(prefix, { kind: "text" }) });
  },
  matches(words: unknown): unknown {
    return expressionValue({ kind: "matches", of: self(this), words: toExpression(words, { kind: "text" }) });
  },
  olderThan(age: string): unknown {
    return expressionValue({ kind: "olderThan", of: self(this), ageMs: durationMs(age) });
  },
  date(): unknown {
    return expressionValue({ kind: "date", of: self(this) });
  },
  count(): unknown {
    return expressionValue({ kind: "count", of: self(this) });
  },
  sum(of: (item: unknown) => unknown): unknown {
    const { list, item, result } = overItems(this, of);
    return expressionValue({ kind: "sum", of: list, item, each: result, type: typeOf(result) });
  },
  /** Any use as a plain value (`+`, `==`, a template) asks for a primitive, which a value that is not there yet does not have. */
  [Symbol.toPrimitive](): never {
    throw plainUse();
  },
};

function plainUse(): ModelError {
  return new ModelError(
    {
      code: "model/expression-as-value",
      message: "An expression is used here as a plain value.",
      why: "A body is recorded once, before there is any row or input: `+`, `<`, `==` and templates have nothing to work on.",
      fix: "Use the expression's own words: .plus(), .below(), .eq(), .and(). For logic that they cannot say, write a handler.",
    },
    [here()],
  );
}

function unusedCondition(place: Place): ModelError {
  return new ModelError(
    {
      code: "model/condition-unused",
      message: "This condition is made and then not used.",
      why: "A body is recorded once: `if`, `&&`, `||` and `? :` see an object, which is always true, so the condition would be lost without a word.",
      fix: 'Join conditions with .and() and .or(), and state them with require(condition, fail("…")). For branches, write a handler.',
    },
    [place],
  );
}
