import {
  accessRule,
  columnName,
  columnOf,
  evaluate,
  expressionToSql,
  list,
  listTableOf,
  listColumns,
  literal,
  name,
  parameter,
  raw,
  render,
  sql,
  sqlType,
  storedValue,
  tableOf,
  typeOf,
  type Action,
  type Entity,
  type Expression,
  type Field,
  type FieldOf,
  type Lookup,
  type Model,
  type Place,
  type Sort,
  type Sql,
  type Target,
} from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { fromCell, fromColumn, travelsAsText } from "./stored-value.ts";
import type { Secrets } from "./secrets.ts";
import type { Identity, Session } from "./session.ts";

type Values = Readonly<Record<string, unknown>>;
export type { Secrets };

export interface EntityTables {
  of(entityId: string): EntityTable;
  /** For the code of an author, which may read secrets too. */
  named(entityName: string): EntityTable | undefined;
}

export interface Condition {
  /** Over the variable `row`, and others of the environment. */
  readonly where?: Expression;
  /** Fields that must equal a value. */
  readonly filters?: Values;
  /** Only what the access rules let this role do. */
  readonly rule?: { readonly role: string; readonly action: Action };
  readonly environment: Values;
}

export interface Select extends Condition {
  readonly sort?: Sort;
  readonly limit: number;
  readonly after?: string;
}

/** The statements of one entity, with its owned rows. Every value is a parameter; every name comes from the model and is quoted. */
export interface EntityTable {
  readonly entity: Entity;
  fromRow(row: Values): Record<string, unknown>;
  get(id: unknown): Statement;
  select(query: Select): Statement;
  count(query: Condition): Statement;
  page(
    frame: { readonly work: { readonly session: Session }; readonly identity: Identity },
    query: Select,
  ): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly next: string | null }>;
  /** @param only The fields to write, where the database role may not write all of them. */
  insert(row: Values, only?: ReadonlySet<string>): readonly Statement[];
  /** The last of the statements answers with the row. */
  update(target: Target, values: Values, environment: Values): readonly Statement[];
  transition(target: Target, to: Readonly<Record<string, string>>, environment: Values): Statement;
  change(target: Target, direction: "increase" | "decrease", by: Values, environment: Values): Statement;
  remove(target: Target, environment: Values): Statement;
}

export function createEntityTables(lookup: Lookup, model: Model, secrets: Secrets): EntityTables {
  const entities = model.entities.map(({ id }) => lookup.entity(id));
  const byId = new Map(entities.map((entity) => [entity.id, createEntityTable(entity, secrets, "sealed")]));
  const byName = new Map(entities.map((entity) => [entity.name, createEntityTable(entity, secrets, "open")]));
  return {
    of(id) {
      const table = byId.get(id);
      if (!table) throw new Error(`The model has no entity "${id}".`);
      return table;
    },
    named: (entityName) => byName.get(entityName),
  };
}

/** What the statements of one entity have in common. */
interface TableParts {
  readonly entity: Entity;
  readonly table: Sql;
  /** The fields that are read: secrets only where code of the author asks for them. */
  readonly fields: readonly Field[];
  readonly columns: Sql;
  readonly lists: readonly (Field & FieldOf<"list">)[];
  fieldNamed(name: string): Field;
  stored(field: Field, value: unknown): Sql;
  fromRow(row: Values): Record<string, unknown>;
}

function createEntityTable(entity: Entity, secrets: Secrets, secretFields: "sealed" | "open"): EntityTable {
  const fields = secretFields === "open" ? entity.fields : withoutSecrets(entity.fields);
  const parts: TableParts = {
    entity,
    fields,
    table: tableOf(entity.id),
    columns: list(fields.map((field) => selected(entity, field))),
    lists: entity.fields.filter((field): field is Field & FieldOf<"list"> => field.kind === "list"),
    fieldNamed(fieldName) {
      const field = entity.fields.find((candidate) => candidate.name === fieldName);
      if (!field) throw new Error(`${entity.id} has no field "${fieldName}".`);
      return field;
    },
    stored: (field, value) =>
      parameter(field.kind === "secret" && typeof value === "string" ? secrets.seal(value) : storedValue(field, value)),
    fromRow: (row) =>
      Object.fromEntries(
        fields.map((field) => [
          field.name,
          field.kind === "list" ? fromItems(field, row[field.name], secrets) : fromColumn(field, row[field.name], secrets),
        ]),
      ),
  };
  return { entity, fromRow: parts.fromRow, ...readingWords(parts), ...writingWords(parts) };
}

function withoutSecrets(fields: readonly Field[]): readonly Field[] {
  return fields
    .filter(({ kind }) => kind !== "secret")
    .map((field) => (field.kind === "list" ? { ...field, fields: withoutSecrets(field.fields) } : field));
}

function readingWords({ entity, table, columns, fieldNamed, fromRow }: TableParts): Pick<EntityTable, "get" | "select" | "count" | "page"> {
  const select = (query: Select): Statement => {
    const { sort, limit, after } = query;
    const conditions = [conditionOf(entity, query), ...(after === undefined ? [] : [beyond(after, sort, sort && fieldNamed(sort.field))])];
    return render(
      sql`select ${columns}${sortText(sort)} from ${table} as "row" where ${all(conditions)} order by ${order(sort)} limit ${parameter(limit)}`,
    );
  };
  return {
    select,
    get: (id) => render(sql`select ${columns} from ${table} as "row" where ${column("id")} = ${parameter(id)}`),
    count: (query) => render(sql`select count(*) as "count" from ${table} as "row" where ${conditionOf(entity, query)}`),
    async page({ work, identity }, query) {
      const [result] = await work.session.run(identity, [select({ ...query, limit: query.limit + 1 })]);
      const rows = result?.rows ?? [];
      const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
      const next = last ? writeCursor({ sorted: asText(last["_sorted"]), id: String(last["id"]) }) : null;
      return { items: rows.slice(0, query.limit).map(fromRow), next };
    },
  };
}

function writingWords(parts: TableParts): Pick<EntityTable, "insert" | "update" | "transition" | "change" | "remove"> {
  const { entity, table, columns, lists, fieldNamed, stored } = parts;
  const changing = (target: Target, sets: readonly Sql[], conditions: readonly Sql[], environment: Values): Statement =>
    render(
      sql`update ${table} as "row" set ${list(sets)} where ${all([targetCondition(target, environment), ...conditions])} returning ${columns}`,
    );
  return {
    insert(row, only) {
      const given = entity.fields.filter((field) => only?.has(field.name) ?? true);
      const own = given.filter(({ kind }) => kind !== "list");
      const names = list(own.map(({ name: field }) => columnOf(field)));
      const values = list(own.map((field) => stored(field, row[field.name])));
      const items = lists
        .filter((field) => given.includes(field))
        .flatMap((field) => insertItems(entity, field, row["id"], row[field.name], stored));
      return [render(sql`insert into ${table} (${names}) values (${values})`), ...items];
    },
    update(target, values, environment) {
      const changes = Object.keys(values)
        .filter((key) => values[key] !== undefined)
        .map(fieldNamed);
      const sets = changes
        .filter(({ kind }) => kind !== "list")
        .map((field) => sql`${columnOf(field.name)} = ${stored(field, values[field.name])}`);
      const main =
        sets.length > 0
          ? changing(target, sets, [], environment)
          : render(sql`select ${columns} from ${table} as "row" where ${targetCondition(target, environment)}`);
      const replaced = lists
        .filter((field) => changes.includes(field))
        .flatMap((field) => replaceItems(entity, field, target, values[field.name], environment, stored));
      return [...replaced, main];
    },
    transition(target, to, environment) {
      const moves = Object.entries(to).map(([field, state]) => ({ field, state, from: statesBefore(fieldNamed(field), state) }));
      return changing(
        target,
        moves.map(({ field, state }) => sql`${columnOf(field)} = ${parameter(state)}`),
        moves.map(({ field, from }) => sql`${column(field)} = any(${parameter(from)}::text[])`),
        environment,
      );
    },
    change(target, direction, by, environment) {
      const changes = Object.entries(by).map(([field, amount]) =>
        changeOf(fieldNamed(field), direction, stored(fieldNamed(field), amount)),
      );
      return changing(
        target,
        changes.map(({ set }) => set),
        changes.flatMap(({ bounds }) => bounds),
        environment,
      );
    },
    remove: (target, environment) =>
      render(sql`delete from ${table} as "row" where ${targetCondition(target, environment)} returning ${column("id")}`),
  };
}

/** A number moved by an amount, and the bounds of its field that it has to stay within. */
function changeOf(field: Field, direction: "increase" | "decrease", amount: Sql): { readonly set: Sql; readonly bounds: readonly Sql[] } {
  const sum = sql`${column(field.name)} ${raw(direction === "increase" ? "+" : "-")} ${amount}::${sqlType(field)}`;
  return {
    set: sql`${columnOf(field.name)} = ${sum}`,
    bounds: boundsOf(field).map(([operator, bound]) => sql`${sum} ${raw(operator)} ${literal(bound)}`),
  };
}

const column = (field: string): Sql => name("row", columnName(field));
const all = (conditions: readonly Sql[]): Sql =>
  list(
    conditions.map((condition) => sql`(${condition})`),
    raw(" and "),
  );
const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** A field as a column of the answer, under the field's own name; a list as JSON, so that a row and what it owns are one row. */
function selected(entity: Entity, field: Field): Sql {
  if (field.kind !== "list") return sql`${column(field.name)} as ${name(field.name)}`;
  const cells = field.fields.map((inner) =>
    travelsAsText(inner) ? sql`${name("item", columnName(inner.name))}::text` : name("item", columnName(inner.name)),
  );
  const items = sql`jsonb_agg(jsonb_build_array(${list(cells)}) order by ${name("item", listColumns.position)})`;
  return sql`(select coalesce(${items}, '[]') from ${listTableOf(entity.id, field.name)} as item where ${name("item", listColumns.parent)} = ${column("id")}) as ${name(field.name)}`;
}

function fromItems(field: FieldOf<"list">, value: unknown, secrets: Secrets): readonly Record<string, unknown>[] {
  const items = Array.isArray(value) ? (value as readonly (readonly unknown[])[]) : []; // `selected` builds arrays of cells.
  return items.map((cells) => Object.fromEntries(field.fields.map((inner, index) => [inner.name, fromCell(inner, cells[index], secrets)])));
}

type Stored = (field: Field, value: unknown) => Sql;

function insertItems(entity: Entity, field: FieldOf<"list">, parent: unknown, value: unknown, stored: Stored): readonly Statement[] {
  const items = Array.isArray(value) ? (value as readonly Values[]) : []; // The in-memory form of a list.
  if (items.length === 0) return [];
  const columns = [listColumns.parent, listColumns.position, ...field.fields.map((inner) => columnName(inner.name))].map((one) =>
    name(one),
  );
  const rows = items.map(
    (item, index) =>
      sql`(${list([parameter(parent), literal(index + 1), ...field.fields.map((inner) => stored(inner, item[inner.name]))])})`,
  );
  return [render(sql`insert into ${listTableOf(entity.id, field.name)} (${list(columns)}) values ${list(rows)}`)];
}

function replaceItems(
  entity: Entity,
  field: FieldOf<"list">,
  target: Target,
  value: unknown,
  environment: Values,
  stored: Stored,
): readonly Statement[] {
  if (target.kind !== "id") throw new Error(`${entity.id}.${field.name} is a list: it is set for one row at a time, by its id.`);
  const parent = evaluate(target.id, environment);
  const removal = render(sql`delete from ${listTableOf(entity.id, field.name)} where ${name(listColumns.parent)} = ${parameter(parent)}`);
  return [removal, ...insertItems(entity, field, parent, value, stored)];
}

function conditionOf(entity: Entity, { where, filters = {}, rule, environment }: Condition): Sql {
  const allowed = rule ? ruleCondition(entity, rule.role, rule.action, environment) : raw("true");
  const equal = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => sql`${column(field)} = ${parameter(filterValue(entity, field, value))}`);
  return all([allowed, ...(where ? [expressionToSql(where, placeIn(environment))] : []), ...equal]);
}

function filterValue(entity: Entity, fieldName: string, value: unknown): unknown {
  const field = entity.fields.find((candidate) => candidate.name === fieldName);
  if (!field) throw new Error(`${entity.id} has no field "${fieldName}".`);
  return storedValue(field, value);
}

function ruleCondition(entity: Entity, role: string, action: Action, environment: Values): Sql {
  const rule = accessRule(entity, role, action);
  if (rule === "all") return raw("true");
  return rule === "none" || rule === "silent" ? raw("false") : expressionToSql(rule, placeIn(environment));
}

function targetCondition(target: Target, environment: Values): Sql {
  return target.kind === "id"
    ? sql`${column("id")} = ${parameter(evaluate(target.id, environment))}`
    : expressionToSql(target.condition, placeIn(environment));
}

/** A condition over the row, in which everything else is known and sent beside the text. */
function placeIn(environment: Values): Place {
  return {
    column,
    outside(expression) {
      const type = typeOf(expression);
      return sql`${parameter(storedValue(type, evaluate(expression, environment)))}::${sqlType(type)}`;
    },
  };
}

function statesBefore(field: Field, state: string): readonly string[] {
  if (field.kind !== "state") throw new Error(`${field.name} is no state.`);
  return Object.entries(field.moves)
    .filter(([, next]) => next.includes(state))
    .map(([from]) => from);
}

function boundsOf({ min, max }: Field): readonly (readonly [operator: string, bound: number])[] {
  const bounds: (readonly [string, number])[] = [];
  if (typeof min === "number") bounds.push([">=", min]);
  if (typeof max === "number") bounds.push(["<=", max]);
  return bounds;
}

/** Rows in a total order: what they are sorted by, and then their ids. Rows without a value come last. */
function order(sort: Sort | undefined): Sql {
  if (!sort || sort.field === "id") return sql`${column("id")} ${raw(sort?.descending ? "desc" : "asc")}`;
  return sort.descending
    ? sql`${column(sort.field)} desc nulls last, ${column("id")} desc`
    : sql`${column(sort.field)} asc nulls last, ${column("id")} asc`;
}

const sortText = (sort: Sort | undefined): Sql => (sort && sort.field !== "id" ? sql`, ${column(sort.field)}::text as "_sorted"` : raw(""));

/** The rows behind a cursor: a comparison of whole rows, which an index answers without walking over what came before. */
function beyond(after: string, sort: Sort | undefined, field: Field | undefined): Sql {
  const { sorted, id } = readCursor(after);
  const operator = raw(sort?.descending ? "<" : ">");
  if (!sort || !field || sort.field === "id") return sql`${column("id")} ${operator} ${parameter(id)}`;
  if (sorted === null) return sql`${column(sort.field)} is null and ${column("id")} ${operator} ${parameter(id)}`;
  const sortedRow = sql`(${column(sort.field)}, ${column("id")}) ${operator} (${parameter(sorted)}::text::${sqlType(field)}, ${parameter(id)})`;
  return field.optional ? sql`${sortedRow} or ${column(sort.field)} is null` : sortedRow;
}
