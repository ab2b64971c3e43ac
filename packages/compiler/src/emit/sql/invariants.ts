import {
  boundedName,
  checkName,
  columnOf,
  expressionToSql,
  invariantName,
  list,
  listColumns,
  literal,
  maintenanceRole,
  name,
  partsOf,
  raw,
  sql,
  type Entity,
  type Expression,
  type Field,
  type Sql,
} from "@archwright/model";
import type { NamedSql } from "./constraints.ts";
import { dollarQuoted } from "./script.ts";
import { sessionPlace } from "./session.ts";
import { qualified, tablesOf, type Table } from "./table.ts";

/** Invariants that a row can answer alone: checks, named after their statements. Like every check they let the unknown pass. */
export function rowInvariants({ entity }: Table): readonly NamedSql[] {
  return entity.invariants
    .filter(({ holds }) => fieldsIn(holds, isList).size === 0)
    .map(({ statement, holds }) => ({
      name: invariantName(statement),
      sql: sql`check (${expressionToSql(holds, sessionPlace(columnOf))})`,
    }));
}

/**
 * Invariants over lists: a row and its items are written one after the other, so they are asked when the transaction ends. The function
 * looks as the maintenance role, because what the writer may not see counts too.
 */
export function listInvariants(entity: Entity, system: string): readonly Sql[] {
  const promises = promisesOf(entity);
  if (promises.length === 0) return [];
  const [own, ...lists] = tablesOf(entity);
  const used = new Set(promises.flatMap(({ holds }) => [...fieldsIn(holds, isList)]));
  const called = name(own.schema, boundedName(`${own.name}_invariants`));
  const maintenance = name(maintenanceRole(system));
  return [
    sql`create function ${called}() returns trigger language plpgsql security definer set search_path = '' as ${dollarQuoted(functionBody(own, promises))}`,
    sql`grant create on schema ${name(own.schema)} to ${maintenance}`,
    sql`alter function ${called}() owner to ${maintenance}`,
    sql`revoke create on schema ${name(own.schema)} from ${maintenance}`,
    constraintTrigger(own, sql`insert${updates(promises)}`, called),
    ...lists
      .filter(({ list: owned }) => owned && used.has(owned.name))
      .map((table) => constraintTrigger(table, raw("insert or update or delete"), called)),
  ];
}

interface Promised {
  readonly constraint: string;
  readonly holds: Expression;
  readonly message: string;
}

function promisesOf(entity: Entity): readonly Promised[] {
  return [
    ...entity.fields.flatMap((field) => leastItems(entity, field)),
    ...entity.invariants
      .filter(({ holds }) => fieldsIn(holds, isList).size > 0)
      .map(({ statement, holds }) => ({
        constraint: invariantName(statement),
        holds,
        message: `A promise of ${entity.id} is broken: ${statement}.`,
      })),
  ];
}

/** How many items a list has at least: nothing that one item could answer. An optional list may be empty. */
function leastItems({ id }: Entity, field: Field): readonly Promised[] {
  if (field.kind !== "list" || field.min === undefined) return [];
  const row: Expression = { kind: "variable", name: "row", type: { kind: "row", entity: id } };
  const count: Expression = {
    kind: "count",
    of: { kind: "field", of: row, name: field.name, type: { kind: "list", fields: field.fields } },
  };
  const compared = (op: "atLeast" | "eq", value: number): Expression => ({
    kind: "compare",
    op,
    left: count,
    right: { kind: "literal", type: { kind: "int" }, value },
  });
  const enough = compared("atLeast", Number(field.min));
  return [
    {
      constraint: checkName(field.name, "min"),
      holds: field.optional ? { kind: "or", any: [compared("eq", 0), enough] } : enough,
      message: `${field.name} of ${id} has fewer than ${field.min} items.`,
    },
  ];
}

function functionBody(own: Table, promises: readonly Promised[]): Sql {
  const place = sessionPlace((field) => sql`"row".${columnOf(field)}`);
  const parent = name(listColumns.parent);
  return sql`declare
  ids text[];
begin
  if tg_table_name = ${literal(own.name)} then
    ids := array[new."id"];
  else
    ids := array[new.${parent}, old.${parent}];
  end if;
${list(
  promises.map((promise) => refusal(own, promise, expressionToSql(promise.holds, place))),
  raw("\n"),
)}
  return null;
end`;
}

function refusal(own: Table, { constraint, message }: Promised, holds: Sql): Sql {
  return sql`  if exists (select from ${qualified(own)} as "row" where "row"."id" = any (ids) and (${holds}) is false) then
    raise exception using errcode = '23514', schema = ${literal(own.schema)}, table = ${literal(own.name)}, constraint = ${literal(constraint)}, message = ${literal(message)};
  end if;`;
}

/** A change of the row itself matters where it changes a field that a promise names. */
function updates(promises: readonly Promised[]): Sql {
  const columns = new Set(promises.flatMap(({ holds }) => [...fieldsIn(holds, (field) => !isList(field))]));
  return columns.size === 0 ? raw("") : sql` or update of ${list([...columns].sort().map(columnOf))}`;
}

function constraintTrigger(table: Table, events: Sql, called: Sql): Sql {
  return sql`create constraint trigger ${name(boundedName(`${table.name}_invariants`))} after ${events} on ${qualified(table)}
  deferrable initially deferred for each row execute function ${called}()`;
}

const isList = (field: Extract<Expression, { kind: "field" }>): boolean => field.type.kind === "list";

/** The fields of the row itself that an expression names. */
function fieldsIn(expression: Expression, wanted: (field: Extract<Expression, { kind: "field" }>) => boolean): ReadonlySet<string> {
  const inner = partsOf(expression).flatMap((part) => [...fieldsIn(part, wanted)]);
  const isOfRow = expression.kind === "field" && expression.of.kind === "variable" && expression.of.name === "row";
  return new Set(isOfRow && wanted(expression) ? [expression.name, ...inner] : inner);
}
