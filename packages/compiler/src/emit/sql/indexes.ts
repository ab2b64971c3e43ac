import {
  accessRule,
  boundedName,
  columnName,
  list,
  listColumns,
  name,
  partsOf,
  rolesNamed,
  sql,
  stepsWithin,
  type Entity,
  type Expression,
  type Model,
  type Sort,
  type Sql,
} from "@archwright/model";
import { localRefs } from "./constraints.ts";
import { commentOn } from "./script.ts";
import { qualified, type Table } from "./table.ts";

/** An index and why it is there. */
interface Index {
  readonly columns: readonly string[];
  readonly reasons: readonly string[];
}

/** Indexes by what asks for them; one that begins like a longer one is that one. */
export function indexesOf(table: Table, model: Model): readonly Sql[] {
  const wanted = table.list
    ? itemIndexes(table)
    : [
        ...referenceIndexes(table.entity),
        ...fileIndexes(table),
        ...saidIndexes(table.entity),
        ...policyIndexes(table.entity),
        ...pageIndexes(table.entity, model),
      ];
  return [
    ...withoutPrefixes(wanted.filter(({ columns }) => !isKey(table, columns))).flatMap((index) => createIndex(table, index)),
    ...searchIndexes(table),
  ];
}

/** Whether anything in the model is found by words. */
export const hasSearch = (tables: readonly Table[]): boolean => tables.some(({ fields }) => fields.some(({ search }) => search));

function itemIndexes(table: Table): readonly Index[] {
  const references = localRefs(table).map(({ name: field, entity }) => ({
    columns: [columnName(field)],
    reasons: [`Foreign key to ${entity}.`],
  }));
  return [...references, ...fileIndexes(table)];
}

/** Whoever downloads a file is asked which row shows it to him. */
function fileIndexes({ fields }: Table): readonly Index[] {
  return fields
    .filter(({ kind }) => kind === "file")
    .map(({ name: field }) => ({ columns: [columnName(field)], reasons: ["The row that holds a file."] }));
}

function referenceIndexes({ context, fields }: Entity): readonly Index[] {
  return fields
    .filter((field) => field.kind === "ref")
    .map(({ name: field, entity }) => ({
      columns: [columnName(field)],
      reasons: [entity.startsWith(`${context}.`) ? `Foreign key to ${entity}.` : `Lookup by the ${entity} that it names.`],
    }));
}

function saidIndexes(entity: Entity): readonly Index[] {
  const fields = entity.fields.filter(({ index }) => index).map(({ name: field }) => [field]);
  return [...fields, ...entity.indexes].map((columns) => ({
    columns: withinTenant(entity, columns.map(columnName)),
    reasons: [`The model asks for it: ${columns.join(", ")}.`],
  }));
}

/** A list is filtered by its policy and ordered by id, so both are in the index. */
function policyIndexes(entity: Entity): readonly Index[] {
  return rolesNamed(entity).flatMap((role) => {
    const rule = accessRule(entity, role, "list");
    const columns = typeof rule === "object" ? equalColumns(rule) : [];
    return columns.length === 0
      ? []
      : [{ columns: tenantFirst(entity, [...columns, "id"]), reasons: [`Filter of the policy for ${role}, in the order of the list.`] }];
  });
}

/** A page is filtered by equality, sorted, and continued after the last row by its id. */
function pageIndexes(entity: Entity, model: Model): readonly Index[] {
  const bodies = [...model.operations.map(({ id, implementation }) => ({ id, does: implementation })), ...model.jobs];
  return bodies.flatMap(({ id, does }) => {
    const steps = does.kind === "body" ? stepsWithin(does.body.steps) : [];
    return steps.flatMap((step) => (step.kind === "page" && step.entity === entity.id ? pageIndex(entity, id, step.where, step.sort) : []));
  });
}

function pageIndex(entity: Entity, operation: string, where: Expression | undefined, sort: Sort | undefined): readonly Index[] {
  const filtered = where ? equalColumns(where) : [];
  const sorted = sort ? [columnName(sort.field)] : [];
  const columns = [...new Set([...filtered, ...sorted, "id"])];
  return columns.length === 1
    ? []
    : [{ columns: tenantFirst(entity, columns), reasons: [`Filter and order of the pages of ${operation}.`] }];
}

function searchIndexes(table: Table): readonly Sql[] {
  return table.fields
    .filter(({ search }) => search)
    .flatMap((field) => {
      const column = columnName(field.name);
      const called = boundedName(`${table.name}_${column}_search_idx`);
      const words = sql`lower(${name(column)} collate "pg_c_utf8") gin_trgm_ops`;
      return [
        sql`create index ${name(called)} on ${qualified(table)} using gin (${words})`,
        commentOn(sql`index ${name(table.schema, called)}`, `Search for words in ${field.name}.`),
      ];
    });
}

function createIndex(table: Table, { columns, reasons }: Index): readonly Sql[] {
  const called = boundedName(`${table.name}_${columns.join("_")}_idx`);
  return [
    sql`create index ${name(called)} on ${qualified(table)} (${list(columns.map((column) => name(column)))})`,
    commentOn(sql`index ${name(table.schema, called)}`, [...new Set(reasons)].join(" ")),
  ];
}

/** What the author asks for is asked inside a tenant. */
function withinTenant({ tenant }: Entity, columns: readonly string[]): readonly string[] {
  return tenant === undefined ? columns : [...new Set([columnName(tenant), ...columns])];
}

/** A question that names the tenant begins with it. One that does not could not use an index that does. */
function tenantFirst(entity: Entity, columns: readonly string[]): readonly string[] {
  return entity.tenant !== undefined && columns.includes(columnName(entity.tenant)) ? withinTenant(entity, columns) : columns;
}

function withoutPrefixes(indexes: readonly Index[]): readonly Index[] {
  const byColumns = new Map<string, Index>();
  for (const { columns, reasons } of [...indexes].sort((left, right) => right.columns.length - left.columns.length)) {
    const wider = [...byColumns.values()].find((index) => columns.every((column, at) => index.columns[at] === column));
    const kept = wider ?? { columns, reasons: [] };
    byColumns.set(kept.columns.join(), { columns: kept.columns, reasons: [...kept.reasons, ...reasons] });
  }
  return [...byColumns.values()].sort((left, right) => (left.columns.join() < right.columns.join() ? -1 : 1));
}

/** What a key or a unique constraint finds already. */
function isKey({ list: owned, fields, entity }: Table, columns: readonly string[]): boolean {
  if (owned) return columns[0] === listColumns.parent;
  const [only] = columns;
  return (
    columns.length === 1 &&
    (only === "id" || (entity.tenant === undefined && fields.some((field) => field.unique && columnName(field.name) === only)))
  );
}

/** The columns that a condition compares for equality with something that is not of the row. */
function equalColumns(condition: Expression): readonly string[] {
  if (condition.kind === "and") return [...new Set(condition.all.flatMap(equalColumns))];
  if (condition.kind !== "compare" || condition.op !== "eq") return [];
  const [left, right] = [ownColumn(condition.left), ownColumn(condition.right)];
  if (left !== undefined && !isOfRow(condition.right)) return [left];
  return right !== undefined && !isOfRow(condition.left) ? [right] : [];
}

function ownColumn(expression: Expression): string | undefined {
  return expression.kind === "field" && expression.of.kind === "variable" && expression.of.name === "row"
    ? columnName(expression.name)
    : undefined;
}

const isOfRow = (expression: Expression): boolean =>
  (expression.kind === "variable" && expression.name === "row") || partsOf(expression).some(isOfRow);
