import { wordsOf } from "../http/words.ts";
import type { JsonValue } from "../model/json.ts";
import { msToDuration } from "../values/duration.ts";
import type { Comparison, Expression, ExpressionKind, ValueType } from "./expression.ts";
import type { NodeOf } from "./parts.ts";
import { typeOf } from "./type-of.ts";

/** An expression as a reader says it: "the buyer is the caller". */
export function expressionInWords(expression: Expression): string {
  return condition(expression);
}

/** A value of the model as a reader says it: "12.99 EUR", "90 days". */
export function valueInWords(type: ValueType, value: JsonValue): string {
  if (value === null) return "nothing";
  if (typeof value === "object" && "amount" in value) return moneyInWords(Number(value.amount), type.kind === "money" ? type.currency : "");
  if (typeof value !== "string") return JSON.stringify(value);
  return quoted.has(type.kind) ? JSON.stringify(value) : value;
}

/** 1299 → "12.99 EUR". */
export function moneyInWords(minorUnits: number, currency: string): string {
  return `${currency === "JPY" ? minorUnits : (minorUnits / 100).toFixed(2)} ${currency}`.trim();
}

/** 7,776,000,000 → "90 days". */
export function durationInWords(ms: number): string {
  const text = msToDuration(ms);
  const count = Number.parseInt(text, 10);
  const unit = units[text.replace(/^\d+/, "")];
  return unit === undefined ? `${count} ms` : `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** `placedAt` → "placed at". */
const words = (name: string): string => wordsOf(name).join(" ") || name;

/** `OrderLine1` → "order line": the steps of a body number their names. */
const stepWords = (name: string): string => words(name.replace(/\d+$/, ""));

const units: { readonly [unit: string]: string } = { d: "day", h: "hour", m: "minute", s: "second" };
const quoted = new Set<ValueType["kind"]>(["text", "email", "url", "phone", "unknown"]);

function said(expression: Expression): string {
  const say = sayings[expression.kind] as (node: Expression) => string; // The table below has one for each kind.
  return say(expression);
}

const sayings: { readonly [K in ExpressionKind]: (node: NodeOf<K>) => string } = {
  literal: ({ type, value }) => valueInWords(type, value),
  variable: ({ name }) => variables[name] ?? `the ${stepWords(name)}`,
  field: fieldInWords,
  compare: ({ op, left, right }) => `${said(left)} ${comparisonOf(op, left)} ${said(right)}`,
  in: (node) => `${said(node.of)} is ${choices(node, " or ")}`,
  missing: ({ of }) => `${said(of)} is missing`,
  and: ({ all }) => all.map((one) => (one.kind === "or" ? `(${condition(one)})` : condition(one))).join(" and "),
  or: ({ any }) => any.map((one) => (one.kind === "and" ? `(${condition(one)})` : condition(one))).join(" or "),
  not: ({ of }) => denied(of),
  arithmetic: ({ op, left, right }) => `${grouped(left, op)} ${signs[op]} ${grouped(right, op)}`,
  startsWith: ({ of, prefix }) => `${said(of)} begins with ${said(prefix)}`,
  matches: ({ of, words: sought }) => `${said(of)} has every word of ${said(sought)}`,
  olderThan: ({ of, ageMs }) => `${said(of)} is more than ${durationInWords(ageMs)} ago`,
  date: ({ of }) => `the date of ${said(of)}`,
  count: ({ of }) => `the number of ${bare(of)}`,
  sum: ({ of, each }) => `the sum of ${bare(each)} over ${said(of)}`,
  every: ({ of, holds }) => `for each of ${said(of)}, ${condition(holds)}`,
  some: ({ of, holds }) => `for at least one of ${said(of)}, ${condition(holds)}`,
  hasRole: ({ role }) => `the caller is in the role ${words(role)}`,
  record: ({ fields }) =>
    `{ ${Object.entries(fields)
      .map(([name, value]) => `${words(name)}: ${said(value)}`)
      .join(", ")} }`,
};

const variables: { readonly [name: string]: string | undefined } = {
  row: "it",
  me: "the caller",
  input: "the input",
  event: "the event",
  now: "now",
};
const signs = { plus: "+", minus: "-", times: "×" } as const;

function fieldInWords({ of, name, type }: NodeOf<"field">): string {
  const own = type.kind === "time" && name.endsWith("At") ? `${wordsOf(name).join("-")} time` : words(name);
  if (of.kind !== "variable") return `the ${own} of ${said(of)}`;
  if (of.name === "me") return name === "id" ? "the caller" : `the caller's ${own}`;
  if (of.name === "row") return type.kind === "id" ? "it" : `the ${own}`;
  if (of.name === "input") return `the given ${own}`;
  return /^(item|each)\d+$/.test(of.name) ? `the ${own}` : `${said(of)}'s ${own}`;
}

/** A yes-or-no field, said as a condition: "it is pinned". */
function condition(expression: Expression, not = ""): string {
  if (expression.kind !== "field" || expression.type.kind !== "bool") return not === "" ? said(expression) : denied(expression);
  const [first = "", ...rest] = wordsOf(expression.name);
  const subject = expression.of.kind === "variable" && expression.of.name === "input" ? "the input" : "it";
  return first === "is" || first === "has"
    ? `${subject} ${first} ${not}${rest.join(" ")}`
    : `${subject} is ${not}${words(expression.name)}`;
}

function denied(of: Expression): string {
  switch (of.kind) {
    case "field":
      return condition(of, "not ");
    case "missing":
      return `${said(of.of)} is there`;
    case "in":
      return `${said(of.of)} is ${of.values.length > 1 ? "neither" : "not"} ${choices(of, " nor ")}`;
    case "compare":
      return said({ ...of, op: opposites[of.op] });
    case "hasRole":
      return `the caller is not in the role ${words(of.role)}`;
    default:
      return `not (${said(of)})`;
  }
}

function choices({ of, values }: NodeOf<"in">, between: string): string {
  return values.map((value) => valueInWords(typeOf(of), value)).join(between) || "nothing";
}

const opposites: { readonly [op in Comparison]: Comparison } = {
  eq: "ne",
  ne: "eq",
  below: "atLeast",
  atLeast: "below",
  above: "atMost",
  atMost: "above",
};

function comparisonOf(op: Comparison, left: Expression): string {
  const { kind } = typeOf(left);
  return (kind === "time" || kind === "date" ? moments : amounts)[op];
}

const amounts: { readonly [op in Comparison]: string } = {
  eq: "is",
  ne: "is not",
  below: "is below",
  atMost: "is at most",
  above: "is above",
  atLeast: "is at least",
};
const moments: typeof amounts = {
  ...amounts,
  below: "is before",
  atMost: "is no later than",
  above: "is after",
  atLeast: "is no earlier than",
};

/** "price × quantity" rather than "the price × the quantity", where what is counted has just been named. */
function bare(expression: Expression): string {
  if (expression.kind === "arithmetic") return `${bare(expression.left)} ${signs[expression.op]} ${bare(expression.right)}`;
  return said(expression).replace(/^the /, "");
}

/** A sum as a factor is put in brackets. */
function grouped(expression: Expression, outer: "plus" | "minus" | "times"): string {
  const loose = expression.kind === "arithmetic" && expression.op !== "times" && outer !== "plus";
  return loose ? `(${said(expression)})` : said(expression);
}
