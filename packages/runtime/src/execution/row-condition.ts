import {
  accessRule,
  columnName,
  evaluate,
  expressionToSql,
  list,
  name,
  raw,
  sql,
  sqlType,
  storedValue,
  typeOf,
  type Action,
  type Entity,
  type Expression,
  type Field,
  type Place,
  type Sort,
  type Sql,
  type Target,
} from "@archwright/model";
import type { Cursor } from "./cursor.ts";
import { later } from "./planned-statement.ts";

type Values = Readonly<Record<string, unknown>>;

export interface Condition {
  /** Over the variable `row`, and others of the environment. */
  readonly where?: Expression;
  /** Fields that must equal a value. */
  readonly filters?: Values;
  /** Only what the access rules let this role do. */
  readonly rule?: { readonly role: string; readonly action: Action };
  readonly environment: Values;
}

export const column = (field: string): Sql => name("row", columnName(field));
export const all = (conditions: readonly Sql[]): Sql =>
  list(
    conditions.map((condition) => sql`(${condition})`),
    raw(" and "),
  );

/** Which rows are meant. What the text depends on is in `conditionKey`, and everything else is worked out when it is sent. */
export function conditionOf(entity: Entity, { where, filters = {}, rule }: Condition): Sql {
  const allowed = rule ? ruleCondition(entity, rule.role, rule.action) : raw("true");
  const equal = filterNames(filters).map((filter) => {
    const field = fieldNamed(entity, filter);
    return sql`${column(filter)} = ${later<Condition>((given) => storedValue(field, given.filters?.[filter]))}`;
  });
  return all([allowed, ...(where ? [expressionToSql(where, place)] : []), ...equal]);
}

export function conditionKey({ filters = {}, rule }: Condition): string {
  return `${rule?.role} ${rule?.action} ${filterNames(filters).join()}`;
}

const filterNames = (filters: Values): readonly string[] => Object.keys(filters).filter((filter) => filters[filter] !== undefined);

export function fieldNamed(entity: Entity, fieldName: string): Field {
  const field = entity.fields.find((candidate) => candidate.name === fieldName);
  if (!field) throw new Error(`${entity.id} has no field "${fieldName}".`);
  return field;
}

function ruleCondition(entity: Entity, role: string, action: Action): Sql {
  const rule = accessRule(entity, role, action);
  if (rule === "all") return raw("true");
  return rule === "none" || rule === "silent" ? raw("false") : expressionToSql(rule, place);
}

/** What the conditions of a target are worked out from. */
export interface Targeted {
  readonly target: Target;
  readonly environment: Values;
}

export function targetCondition(target: Target): Sql {
  return target.kind === "id" ? sql`${column("id")} = ${later(targetId)}` : expressionToSql(target.condition, place);
}

export function targetId({ target, environment }: Targeted): unknown {
  return target.kind === "id" ? evaluate(target.id, environment) : undefined;
}

/** A condition over the row, in which everything else is known and sent beside the text. */
const place: Place = {
  column,
  outside(expression) {
    const type = typeOf(expression);
    return sql`${later<Pick<Condition, "environment">>(({ environment }) => storedValue(type, evaluate(expression, environment)))}::${sqlType(type)}`;
  },
};

/** Rows in a total order: what they are sorted by, and then their ids. Rows without a value come last. */
export function order(sort: Sort | undefined): Sql {
  if (!sort || sort.field === "id") return sql`${column("id")} ${raw(sort?.descending ? "desc" : "asc")}`;
  return sort.descending
    ? sql`${column(sort.field)} desc nulls last, ${column("id")} desc`
    : sql`${column(sort.field)} asc nulls last, ${column("id")} asc`;
}

/** What a cursor of this order is made from. */
export const sortText = (sort: Sort | undefined): Sql =>
  sort && sort.field !== "id" ? sql`, ${column(sort.field)}::text as "_sorted"` : raw("");

/** What a page's statement is worked out from when there is a page before it. */
export interface Beyond {
  readonly cursor?: Cursor;
}

/** The rows behind a cursor: a comparison of whole rows, which an index answers without walking over what came before. */
export function beyond({ sorted }: Cursor, sort: Sort | undefined, field: Field | undefined): Sql {
  const operator = raw(sort?.descending ? "<" : ">");
  const id = later<Beyond>(({ cursor }) => cursor?.id);
  if (!sort || !field || sort.field === "id") return sql`${column("id")} ${operator} ${id}`;
  if (sorted === null) return sql`${column(sort.field)} is null and ${column("id")} ${operator} ${id}`;
  const value = later<Beyond>(({ cursor }) => cursor?.sorted);
  const sortedRow = sql`(${column(sort.field)}, ${column("id")}) ${operator} (${value}::text::${sqlType(field)}, ${id})`;
  return field.optional ? sql`${sortedRow} or ${column(sort.field)} is null` : sortedRow;
}
