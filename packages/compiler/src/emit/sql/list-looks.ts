import {
  boundedName,
  canonicalJson,
  columnOf,
  expressionToSql,
  list,
  maintenanceRole,
  name,
  partsOf,
  raw,
  sql,
  sqlType,
  typeOf,
  type Entity,
  type Expression,
  type Field,
  type ListKind,
  type NodeOf,
  type Place,
  type Sql,
} from "@archwright/model";
import { sessionPlace } from "./session.ts";
import { tablesOf, type Table } from "./table.ts";

/**
 * What access rules ask of a row's lists. A policy of the row that looked at the items itself would ask their policy, which asks the row's:
 * PostgreSQL refuses that circle. So a function looks, as the maintenance role, which sees every item.
 */
export interface ListLook {
  readonly node: NodeOf<ListKind>;
  readonly called: Sql;
  /** The columns of the row that it needs, the id first. */
  readonly arguments: readonly Field[];
}

export function listLooks(entity: Entity): readonly ListLook[] {
  const [own] = tablesOf(entity);
  const nodes = entity.access.flatMap(({ where }) => (where ? listNodes(where) : []));
  const distinct = new Map(nodes.map((node) => [canonicalJson(node), node]));
  return [...distinct.values()].map((node, index) => ({
    node,
    called: name(own.schema, boundedName(`${own.name}_look_${index + 1}`)),
    arguments: argumentsOf(own, node),
  }));
}

/** Whether a condition asks anything of a list of the row. */
export const looksIntoLists = (condition: Expression): boolean => listNodes(condition).length > 0;

/** A place in a policy: a column is named with its table, and a list is asked through its function. */
export function policyPlace(table: Table, looks: readonly ListLook[]): Place {
  const column = (field: string): Sql => sql`${name(table.name)}.${columnOf(field)}`;
  return sessionPlace(column, (node) => {
    const look = looks.find((candidate) => canonicalJson(candidate.node) === canonicalJson(node));
    if (!look) throw new TypeError("A policy asks a list that no access rule names.");
    return sql`${look.called}(${list(look.arguments.map((field) => column(field.name)))})`;
  });
}

export function createLook(
  { node, called, arguments: fields }: ListLook,
  own: Table,
  system: string,
  readers: readonly string[],
): readonly Sql[] {
  const maintenance = name(maintenanceRole(system));
  const place = sessionPlace((field) => raw(`$${fields.findIndex((candidate) => candidate.name === field) + 1}`));
  const signature = sql`${called}(${list(fields.map(sqlType))})`;
  return [
    sql`create function ${signature} returns ${resultType(node)} language sql stable security definer\n  return ${expressionToSql(node, place)}`,
    sql`grant create on schema ${name(own.schema)} to ${maintenance}`,
    sql`alter function ${signature} owner to ${maintenance}`,
    sql`revoke create on schema ${name(own.schema)} from ${maintenance}`,
    sql`revoke execute on function ${signature} from public`,
    ...(readers.length === 0 ? [] : [sql`grant execute on function ${signature} to ${list(readers.map((role) => name(role)))}`]),
  ];
}

/** Sums have more digits than what they sum. */
const resultType = (node: NodeOf<ListKind>): Sql => (node.kind === "sum" ? raw("numeric") : sqlType(typeOf(node)));

function listNodes(expression: Expression): readonly NodeOf<ListKind>[] {
  return isListNode(expression) ? [expression] : partsOf(expression).flatMap(listNodes);
}

function isListNode(expression: Expression): expression is NodeOf<ListKind> {
  const { kind } = expression;
  return (
    (kind === "count" || kind === "sum" || kind === "every" || kind === "some") &&
    isOfRow(expression.of) &&
    typeOf(expression.of).kind === "list"
  );
}

function argumentsOf(own: Table, node: Expression): readonly Field[] {
  const used = new Set(["id", ...rowFields(node)]);
  return [...own.fields]
    .filter(({ name: field }) => used.has(field))
    .sort((left, right) => Number(right.name === "id") - Number(left.name === "id"));
}

const rowFields = (expression: Expression): readonly string[] => [
  ...(expression.kind === "field" && isOfRow(expression) ? [expression.name] : []),
  ...partsOf(expression).flatMap(rowFields),
];

const isOfRow = (expression: Expression): boolean =>
  expression.kind === "field" && expression.of.kind === "variable" && expression.of.name === "row";
