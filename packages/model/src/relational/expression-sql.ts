import type { Comparison, Expression, ExpressionKind, ValueType } from "../expressions/expression.ts";
import { mentions, type NodeOf } from "../expressions/parts.ts";
import { typeOf } from "../expressions/type-of.ts";
import { constant, sqlType } from "./column-type.ts";
import { columnOf, listColumns, listTableOf } from "./names.ts";
import { list, literal, name, raw, sql, type Sql } from "./sql.ts";

/** Where an expression is to stand: how it reaches the row in question, and how it reaches everything else. */
export interface Place {
  /** A field of the variable `row`. Qualified, where the expression may look into a list. */
  column(fieldName: string): Sql;
  /** An expression that has nothing of the row, largest first: a parameter, or what the session knows. It has the type of the expression. */
  outside(expression: Expression): Sql;
  /** A count, sum or quantifier over a list of the row, where a subselect will not do. */
  overList?(expression: NodeOf<ListKind>): Sql;
}

export type ListKind = "count" | "sum" | "every" | "some";

/** The same question for PostgreSQL: it answers as `evaluate` does. */
export function expressionToSql(expression: Expression, place: Place): Sql {
  return compile(expression, { place, items: new Map() });
}

/** The same, looking into the expression even where none of it is of the row: for an `outside` that knows single variables only. */
export function operatorToSql(expression: Expression, place: Place): Sql {
  return dispatch(expression, { place, items: new Map() });
}

/** An item of a list that a subselect is looking at: a row of the list's table, or an element of a JSON list. */
interface Item {
  readonly alias: string;
  readonly stored: "row" | "json";
}

interface Scope {
  readonly place: Place;
  readonly items: ReadonlyMap<string, Item>;
}

function compile(expression: Expression, scope: Scope): Sql {
  if (expression.kind === "literal") return constant(expression.type, expression.value);
  return mentions(expression, new Set(["row", ...scope.items.keys()])) ? dispatch(expression, scope) : scope.place.outside(expression);
}

function dispatch(expression: Expression, scope: Scope): Sql {
  const run = compilers[expression.kind] as (node: Expression, scope: Scope) => Sql; // The table below has one for each kind.
  return run(expression, scope);
}

/** As a part of a larger expression. */
function part(expression: Expression, scope: Scope): Sql {
  const compiled = compile(expression, scope);
  return bare.has(expression.kind) ? compiled : sql`(${compiled})`;
}

const bare: ReadonlySet<ExpressionKind> = new Set<ExpressionKind>([
  "literal",
  "variable",
  "field",
  "count",
  "sum",
  "matches",
  "startsWith",
]);

const compilers: { readonly [K in ExpressionKind]: (node: NodeOf<K>, scope: Scope) => Sql } = {
  literal: ({ type, value }) => constant(type, value),
  variable: (node) => {
    throw new TypeError(`A condition of the database cannot hold the whole of "${node.name}": name one of its fields.`);
  },
  field: (node, scope) => fieldToSql(node, scope),
  compare: ({ op, left, right }, scope) => sql`${part(left, scope)} ${raw(operators[op])} ${part(right, scope)}`,
  in: ({ of, values }, scope) =>
    values.length === 0 ? raw("false") : sql`${part(of, scope)} in (${list(values.map((value) => constant(typeOf(of), value)))})`,
  // The table of a list's rows cannot tell a list that is not there from an empty one.
  missing: ({ of }, scope) => (isRowList(of, scope) ? raw("false") : sql`${part(of, scope)} is null`),
  and: ({ all }, scope) =>
    list(
      all.map((one) => part(one, scope)),
      raw(" and "),
    ),
  or: ({ any }, scope) =>
    list(
      any.map((one) => part(one, scope)),
      raw(" or "),
    ),
  not: ({ of }, scope) => sql`not ${part(of, scope)}`,
  arithmetic: ({ op, left, right }, scope) => sql`${part(left, scope)} ${raw(signs[op])} ${part(right, scope)}`,
  startsWith: ({ of, prefix }, scope) => sql`starts_with(${compile(of, scope)}, ${compile(prefix, scope)})`,
  matches: ({ of, words }, scope) => sql`archwright.matches(${compile(of, scope)}, ${compile(words, scope)})`,
  olderThan: ({ of, ageMs }, scope) => sql`${part(of, scope)} < ${scope.place.outside(now)} - interval ${literal(`${ageMs} milliseconds`)}`,
  date: ({ of }, scope) => sql`(${part(of, scope)} at time zone 'UTC')::date`,
  count: (node, scope) => overRows(node, scope) ?? sql`(select count(*) from ${items(node.of, "item", scope).from})`,
  sum: (node, scope) => {
    const { from, inner } = items(node.of, node.item, scope);
    return overRows(node, scope) ?? sql`(select coalesce(sum(${compile(node.each, inner)}), 0) from ${from})`;
  },
  every: (node, scope) => quantifier(node, "all", scope),
  some: (node, scope) => quantifier(node, "any", scope),
  hasRole: (node, scope) => scope.place.outside(node),
  record: () => {
    throw new TypeError("A condition of the database compares fields, not records.");
  },
};

const operators: { readonly [op in Comparison]: string } = { eq: "=", ne: "<>", below: "<", atMost: "<=", above: ">", atLeast: ">=" };
const signs = { plus: "+", minus: "-", times: "*" } as const;
const now: Expression = { kind: "variable", name: "now", type: { kind: "time" } };

function fieldToSql({ of, name: field, type }: NodeOf<"field">, scope: Scope): Sql {
  if (of.kind !== "variable") return jsonField(part(of, scope), field, type);
  const item = scope.items.get(of.name);
  if (!item) return scope.place.column(field);
  return item.stored === "row" ? sql`${name(item.alias)}.${columnOf(field)}` : jsonField(name(item.alias, "value"), field, type);
}

/** `true = all (…)` is false where one item is false, unknown where none is and one is unknown, and true otherwise, as for an empty list. */
function quantifier(node: NodeOf<"every" | "some">, word: "all" | "any", scope: Scope): Sql {
  const { from, inner } = items(node.of, node.item, scope);
  return overRows(node, scope) ?? sql`true = ${raw(word)} (select ${compile(node.holds, inner)} from ${from})`;
}

function overRows(node: NodeOf<ListKind>, scope: Scope): Sql | undefined {
  return isRowList(node.of, scope) ? scope.place.overList?.(node) : undefined;
}

/** The items of a list as a table, and the scope of what is said of each. */
function items(of: Expression, item: string, scope: Scope): { readonly from: Sql; readonly inner: Scope } {
  const isRows = isRowList(of, scope);
  const inner: Scope = { ...scope, items: new Map([...scope.items, [item, { alias: item, stored: isRows ? "row" : "json" }]]) };
  return { inner, from: isRows ? rowsOf(of, item, scope) : sql`jsonb_array_elements(${compile(of, scope)}) as ${name(item)}(value)` };
}

function rowsOf(of: NodeOf<"field">, alias: string, scope: Scope): Sql {
  const { type } = of.of as NodeOf<"variable">; // isRowList has looked.
  const entity = type.kind === "row" ? type.entity : "";
  return sql`${listTableOf(entity, of.name)} as ${name(alias)} where ${name(alias, listColumns.parent)} = ${scope.place.column("id")}`;
}

/** Whether a list lives in a table of its own: a list of the row. A list inside a list, and one that is given from outside, is JSON. */
function isRowList(of: Expression, scope: Scope): of is NodeOf<"field"> {
  return of.kind === "field" && of.of.kind === "variable" && of.of.name === "row" && !scope.items.has("row") && typeOf(of).kind === "list";
}

/** A field of a JSON value, in its stored form. */
function jsonField(of: Sql, field: string, type: ValueType): Sql {
  const key = literal(field);
  switch (type.kind) {
    case "json":
    case "list":
    case "record":
      return sql`nullif(${of} -> ${key}, 'null')`;
    case "money":
      return sql`(${of} -> ${key} ->> 'amount')::bigint`;
    case "duration":
      return sql`archwright.milliseconds(${of} ->> ${key})`;
    default:
      return sql`(${of} ->> ${key})::${sqlType(type)}`;
  }
}
