import {
  columnOf,
  list,
  literal,
  name,
  raw,
  sql,
  sqlType,
  storedValue,
  tableOf,
  type Entity,
  type Field,
  type Lookup,
  type Model,
  type Sort,
  type Sql,
  type Target,
} from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { fromItems, itemsColumn, ownedItems, type ListField, type OwnedItems } from "./owned-items.ts";
import { later, plan, Plans } from "./planned-statement.ts";
import {
  all,
  beyond,
  column,
  conditionKey,
  conditionOf,
  fieldNamed,
  order,
  sortText,
  targetCondition,
  type Beyond,
  type Condition,
  type Targeted,
} from "./row-condition.ts";
import { fromColumn } from "./stored-value.ts";
import type { Secrets } from "./secrets.ts";
import type { Identity, Session } from "./session.ts";

type Values = Readonly<Record<string, unknown>>;
export type { Secrets };

export interface EntityTables {
  of(entityId: string): EntityTable;
  /** For the code of an author, which may read secrets too. */
  named(entityName: string): EntityTable | undefined;
}

export interface Select extends Condition {
  readonly sort?: Sort;
  readonly limit: number;
  readonly after?: string;
}

/**
 * The statements of one entity, with its owned rows. Every value is a parameter; every name comes from the model and is quoted. The text
 * of a statement is made when it is first needed.
 */
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
  readonly columns: Sql;
  readonly lists: readonly OwnedItems[];
  stored(field: Field, value: unknown): unknown;
  fromRow(row: Values): Record<string, unknown>;
}

function createEntityTable(entity: Entity, secrets: Secrets, secretFields: "sealed" | "open"): EntityTable {
  // Secrets are read only where code of the author asks for them.
  const fields = secretFields === "open" ? entity.fields : withoutSecrets(entity.fields);
  const stored = (field: Field, value: unknown): unknown =>
    field.kind === "secret" && typeof value === "string" ? secrets.seal(value) : storedValue(field, value);
  const parts: TableParts = {
    entity,
    stored,
    table: tableOf(entity.id),
    columns: list(fields.map((field) => (isList(field) ? itemsColumn(entity, field) : sql`${column(field.name)} as ${name(field.name)}`))),
    lists: entity.fields.filter(isList).map((field) => ownedItems(entity, field, stored)),
    fromRow(row) {
      const read: Record<string, unknown> = {};
      for (const field of fields)
        read[field.name] = field.kind === "list" ? fromItems(field, row[field.name], secrets) : fromColumn(field, row[field.name], secrets);
      return read;
    },
  };
  return { entity, fromRow: parts.fromRow, ...readingWords(parts), ...writingWords(parts) };
}

const isList = (field: Field): field is ListField => field.kind === "list";

function withoutSecrets(fields: readonly Field[]): readonly Field[] {
  return fields
    .filter(({ kind }) => kind !== "secret")
    .map((field) => (field.kind === "list" ? { ...field, fields: withoutSecrets(field.fields) } : field));
}

type Selection = Select & Beyond;

function readingWords({ entity, table, columns, fromRow }: TableParts): Pick<EntityTable, "get" | "select" | "count" | "page"> {
  const byId = plan<unknown>(sql`select ${columns} from ${table} as "row" where ${column("id")} = ${later((id) => id)}`);
  // An expression of the model is the same object each time; one that a handler writes is planned for its one use.
  const plansByWhere = new WeakMap<object, Plans<Selection>>();
  const plansWithoutWhere = new Plans<Selection>();
  const plansOf = ({ where }: Select): Plans<Selection> => {
    if (!where) return plansWithoutWhere;
    const plans = plansByWhere.get(where) ?? new Plans<Selection>();
    plansByWhere.set(where, plans);
    return plans;
  };
  const selection = (given: Selection): Sql => {
    const { sort, cursor } = given;
    const behind = cursor ? [beyond(cursor, sort, sort && fieldNamed(entity, sort.field))] : [];
    const conditions = all([conditionOf(entity, given), ...behind]);
    return sql`select ${columns}${sortText(sort)} from ${table} as "row" where ${conditions} order by ${order(sort)} limit ${later<Selection>(({ limit }) => limit)}`;
  };
  const select = (query: Select): Statement => {
    const { sort, after } = query;
    const given: Selection = after === undefined ? query : { ...query, cursor: readCursor(after) };
    const from = given.cursor && (given.cursor.sorted === null ? "null" : "value");
    return plansOf(query).of(`${conditionKey(query)} ${sort?.field} ${sort?.descending} ${from}`, () => selection(given))(given);
  };
  return {
    select,
    get: byId,
    count: (query) => plan<Condition>(sql`select count(*) as "count" from ${table} as "row" where ${conditionOf(entity, query)}`)(query),
    async page({ work, identity }, query) {
      const [result] = await work.session.run(identity, [select({ ...query, limit: query.limit + 1 })]);
      const rows = result?.rows ?? [];
      const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
      const next = last ? writeCursor({ sorted: asText(last["_sorted"]), id: String(last["id"]) }) : null;
      return { items: rows.slice(0, query.limit).map(fromRow), next };
    },
  };
}

/** What a statement that changes rows is worked out from. */
interface Changing extends Targeted {
  readonly values: Values;
}

function writingWords(parts: TableParts): Pick<EntityTable, "insert" | "update" | "transition" | "change" | "remove"> {
  const { entity, table, columns, lists } = parts;
  const plans = new Plans<Changing>();
  /** One statement for each way to change a row that is named by its id; a condition may be any, and is planned for its one use. */
  const changing = (key: string, given: Changing, changes: () => Changes): Statement => {
    const statement = (): Sql => {
      const { sets, conditions } = changes();
      const rows = all([targetCondition(given.target), ...conditions]);
      return sets.length > 0
        ? sql`update ${table} as "row" set ${list(sets)} where ${rows} returning ${columns}`
        : sql`select ${columns} from ${table} as "row" where ${rows}`;
    };
    return given.target.kind === "id" ? plans.of(key, statement)(given) : plan<Changing>(statement())(given);
  };
  return {
    insert: insertOf(parts),
    update(target, values, environment) {
      const changes = Object.keys(values).filter((key) => values[key] !== undefined);
      const own = changes.map((key) => fieldNamed(entity, key)).filter(({ kind }) => kind !== "list");
      const given = { target, values, environment };
      const replaced = lists
        .filter(({ field }) => changes.includes(field.name))
        .flatMap((items) => items.replace(given, values[items.field.name]));
      const main = changing(`update ${own.map((field) => field.name).join()}`, given, () => ({
        sets: own.map((field) => sql`${columnOf(field.name)} = ${valueOf(parts, field)}`),
        conditions: [],
      }));
      return [...replaced, main];
    },
    transition: (target, to, environment) =>
      changing(`move ${JSON.stringify(to)}`, { target, values: to, environment }, () => movesOf(entity, to)),
    change: (target, direction, by, environment) =>
      changing(`${direction} ${Object.keys(by).join()}`, { target, values: by, environment }, () => {
        const changes = Object.keys(by).map((key) => changeOf(fieldNamed(entity, key), direction, valueOf(parts, fieldNamed(entity, key))));
        return { sets: changes.map(({ set }) => set), conditions: changes.flatMap(({ bounds }) => bounds) };
      }),
    remove: (target, environment) =>
      plan<Targeted>(sql`delete from ${table} as "row" where ${all([targetCondition(target)])} returning ${column("id")}`)({
        target,
        environment,
      }),
  };
}

const valueOf = ({ stored }: TableParts, field: Field): Sql =>
  later<{ readonly values: Values }>(({ values }) => stored(field, values[field.name]));

function insertOf(parts: TableParts): EntityTable["insert"] {
  const { entity, table, lists } = parts;
  const plans = new Plans<{ readonly values: Values }>();
  return (row, only) => {
    const isGiven = (field: Field): boolean => only?.has(field.name) ?? true;
    const statement = (): Sql => {
      const own = entity.fields.filter((field) => field.kind !== "list" && isGiven(field));
      const names = list(own.map((field) => columnOf(field.name)));
      return sql`insert into ${table} (${names}) values (${list(own.map((field) => valueOf(parts, field)))})`;
    };
    const items = lists.filter(({ field }) => isGiven(field)).flatMap((one) => one.insert(row["id"], row[one.field.name]));
    return [plans.of(only ? [...only].join() : "", statement)({ values: row }), ...items];
  };
}

interface Changes {
  readonly sets: readonly Sql[];
  readonly conditions: readonly Sql[];
}

function movesOf(entity: Entity, to: Readonly<Record<string, string>>): Changes {
  const moves = Object.entries(to).map(([field, state]) => ({ field, state, from: statesBefore(fieldNamed(entity, field), state) }));
  return {
    sets: moves.map(({ field, state }) => sql`${columnOf(field)} = ${later(() => state)}`),
    conditions: moves.map(({ field, from }) => sql`${column(field)} = any(${later(() => from)}::text[])`),
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

const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);

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
