import { decimal, money } from "../language/money.ts";
import { compareDecimals } from "../language/money.ts";
import type { Currency, Decimal, Money } from "../language/values.ts";
import { canonicalJson } from "../model/canonical.ts";
import { toJson } from "../recording/to-json.ts";
import { fromJson } from "../values/codec.ts";
import { durationToMs } from "../values/duration.ts";
import type { Comparison, Expression, ExpressionKind, ValueType } from "./expression.ts";
import type { NodeOf } from "./parts.ts";
import { textMatches } from "./search-text.ts";
import { typeOf } from "./type-of.ts";

/** The values of the variables, in memory. `me` is null for somebody without an account. */
export interface Environment {
  readonly [variable: string]: unknown;
  readonly role?: string;
  readonly now?: Date;
}

/**
 * What an expression is worth here: the answer that PostgreSQL gives for the same rows. A missing value is null, and a condition
 * over it is null too: neither true nor false.
 */
export function evaluate(expression: Expression, environment: Environment): unknown {
  const run = evaluators[expression.kind] as (node: Expression, environment: Environment) => unknown; // The table below has one for each kind.
  return run(expression, environment);
}

/** Whether a condition is true: not false and not unknown. */
export function holds(condition: Expression, environment: Environment): boolean {
  return evaluate(condition, environment) === true;
}

const evaluators: { readonly [K in ExpressionKind]: (node: NodeOf<K>, environment: Environment) => unknown } = {
  literal: ({ type, value }) => literalValue(type, value),
  variable: ({ name }, environment) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`The expression names "${name}", and nobody said what it is.`);
    return value;
  },
  field: ({ of, name }, environment) => {
    const record = evaluate(of, environment) as Readonly<Record<string, unknown>> | null; // Only records have fields.
    return record?.[name] ?? null;
  },
  compare: ({ op, left, right }, environment) => {
    const [a, b] = [evaluate(left, environment), evaluate(right, environment)];
    return isMissing(a) || isMissing(b) ? null : comparisons[op](order(comparedType(left, right), a, b));
  },
  in: ({ of, values }, environment) => {
    const type = typeOf(of);
    const value = evaluate(of, environment);
    return either(values.map((one) => equal(type, value, literalValue(type, one))));
  },
  missing: ({ of }, environment) => isMissing(evaluate(of, environment)),
  and: ({ all }, environment) => both(all.map((one) => truth(one, environment))),
  or: ({ any }, environment) => either(any.map((one) => truth(one, environment))),
  not: ({ of }, environment) => {
    const value = truth(of, environment);
    return value === null ? null : !value;
  },
  arithmetic: ({ op, left, right }, environment) => {
    const [a, b] = [evaluate(left, environment), evaluate(right, environment)];
    return isMissing(a) || isMissing(b) ? null : calculate(op, a, b);
  },
  startsWith: ({ of, prefix }, environment) => overTexts(of, prefix, environment, (text, beginning) => text.startsWith(beginning)),
  matches: ({ of, words }, environment) => overTexts(of, words, environment, textMatches),
  olderThan: ({ of, ageMs }, environment) => {
    const { now } = environment;
    if (now === undefined) throw new Error("The expression asks how old a time is, and nobody said what time it is now.");
    const time = evaluate(of, environment);
    return isMissing(time) ? null : (time as Date).getTime() < now.getTime() - ageMs; // The language gives ages to times only.
  },
  date: ({ of }, environment) => {
    const time = evaluate(of, environment);
    return isMissing(time) ? null : (time as Date).toISOString().slice(0, 10); // The language gives dates to times only.
  },
  count: ({ of }, environment) => itemsOf(of, environment).length,
  sum: ({ of, item, each, type }, environment) =>
    itemsOf(of, environment)
      .map((value) => evaluate(each, { ...environment, [item]: value }))
      .filter((value) => !isMissing(value))
      .reduce((total, value) => calculate("plus", total, value), zero(type)),
  every: (node, environment) => both(overItems(node, environment)),
  some: (node, environment) => either(overItems(node, environment)),
  hasRole: ({ role }, environment) => (environment.role === undefined ? null : environment.role === role),
  record: ({ fields }, environment) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, evaluate(value, environment)])),
};

const comparisons: { readonly [op in Comparison]: (order: number) => boolean } = {
  eq: (found) => found === 0,
  ne: (found) => found !== 0,
  below: (found) => found < 0,
  atMost: (found) => found <= 0,
  above: (found) => found > 0,
  atLeast: (found) => found >= 0,
};

type Truth = boolean | null;

const both = (all: readonly Truth[]): Truth => (all.includes(false) ? false : all.includes(null) ? null : true);
const either = (any: readonly Truth[]): Truth => (any.includes(true) ? true : any.includes(null) ? null : false);
const truth = (condition: Expression, environment: Environment): Truth => evaluate(condition, environment) as Truth; // The language makes conditions of these only.
const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined;

/** The JSON form of a literal, in memory. A factor of a decimal may be written as a number. */
function literalValue(type: ValueType, json: unknown): unknown {
  return type.kind === "row" || type.kind === "record" || type.kind === "unknown" ? json : fromJson(type, json);
}

/** The type that says how two values compare: an `unknown` side takes it from the other. */
function comparedType(left: Expression, right: Expression): ValueType {
  const type = typeOf(left);
  return type.kind === "unknown" ? typeOf(right) : type;
}

function equal(type: ValueType, left: unknown, right: unknown): Truth {
  return isMissing(left) || isMissing(right) ? null : order(type, left, right) === 0;
}

/** Negative, 0 or positive, by the value and not by its spelling: '48h' equals '2d', and 1.5 equals 1.50. */
function order(type: ValueType, left: unknown, right: unknown): number {
  switch (type.kind) {
    case "money":
      return sign(left as Money, right as Money); // Values of this type, as its codec makes them; the same for each case below.
    case "decimal":
      return compareDecimals(digitsOf(left), digitsOf(right));
    case "duration":
      return durationToMs(left as string) - durationToMs(right as string);
    case "time":
      return (left as Date).getTime() - (right as Date).getTime();
    case "json":
    case "list":
    case "record":
      return simpleOrder(canonicalJson(toJson(left)), canonicalJson(toJson(right)));
    default:
      return simpleOrder(left as string | number | boolean, right as string | number | boolean);
  }
}

const simpleOrder = (left: string | number | boolean, right: string | number | boolean): number =>
  left < right ? -1 : left > right ? 1 : 0;

function sign(left: Money, right: Money): number {
  const { amount } = left.minus(right);
  return amount < 0n ? -1 : amount > 0n ? 1 : 0;
}

function calculate(op: "plus" | "minus" | "times", left: unknown, right: unknown): unknown {
  if (typeof left === "number") return numbers[op](left, right as number); // The language adds like to like.
  if (isDecimal(left)) return decimals[op](left, decimal(digitsOf(right)));
  const amount = left as Money; // Numbers, decimals and money are all that the language calculates with.
  return op === "times" ? amount.times(right as number) : amount[op](right as Money);
}

const numbers: { readonly [op in "plus" | "minus" | "times"]: (left: number, right: number) => number } = {
  plus: (left, right) => left + right,
  minus: (left, right) => left - right,
  times: (left, right) => left * right,
};

const decimals: { readonly [op in "plus" | "minus" | "times"]: (left: Decimal, right: Decimal) => Decimal } = {
  plus: (left, right) => left.plus(right),
  minus: (left, right) => left.plus(right.times(decimal("-1"))),
  times: (left, right) => left.times(right),
};

const isDecimal = (value: unknown): value is Decimal => typeof value === "object" && value !== null && "digits" in value;
const digitsOf = (value: unknown): string => (isDecimal(value) ? value.digits : String(value));

function zero(type: ValueType): unknown {
  if (type.kind === "money") return money(0, type.currency as Currency); // The language allows known currencies only.
  return type.kind === "decimal" ? decimal("0") : 0;
}

/** A list that is not there has no items: the table of its rows cannot tell the two apart. */
function itemsOf(list: Expression, environment: Environment): readonly unknown[] {
  return (evaluate(list, environment) ?? []) as readonly unknown[]; // Only lists have items.
}

function overItems({ of, item, holds: condition }: NodeOf<"every" | "some">, environment: Environment): readonly Truth[] {
  return itemsOf(of, environment).map((value) => truth(condition, { ...environment, [item]: value }));
}

function overTexts(left: Expression, right: Expression, environment: Environment, test: (text: string, other: string) => boolean): Truth {
  const [text, other] = [evaluate(left, environment), evaluate(right, environment)];
  return isMissing(text) || isMissing(other) ? null : test(text as string, other as string); // The language gives these words to texts only.
}
