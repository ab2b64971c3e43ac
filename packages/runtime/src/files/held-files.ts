import {
  columnOf,
  list,
  listColumns,
  listTableOf,
  literal,
  name,
  parameter,
  raw,
  render,
  sql,
  tableOf,
  type Entity,
  type Field,
  type Sql,
} from "@archwright/model";
import type { Statement } from "../database/batch.ts";

/**
 * Which of the files the rows of an entity hold, as far as whoever asks may see the rows: row-level security is the one that decides.
 * Files are looked for in their own places only, for a text that names one holds nothing.
 */
export function heldFiles({ id: entity, fields }: Entity, ids: readonly string[], row?: string): Statement {
  const here = (field: Field): readonly Sql[] => heldAt(field, { table: tableOf(entity), owner: columnOf("id") }, ids, row);
  const selects = fields.flatMap((field) => {
    if (field.kind !== "list") return here(field);
    const items: Holder = { table: listTableOf(entity, field.name), owner: name(listColumns.parent) };
    return field.fields.flatMap((inner) => heldAt(inner, items, ids, row));
  });
  return render(list(selects, raw(" union all ")));
}

interface Holder {
  readonly table: Sql;
  /** The column with the id of the entity's row. */
  readonly owner: Sql;
}

function heldAt(field: Field, { table, owner }: Holder, ids: readonly string[], row: string | undefined): readonly Sql[] {
  const ofRow = row === undefined ? raw("") : sql` and ${owner} = ${parameter(row)}`;
  const column = columnOf(field.name);
  if (field.kind === "file")
    return [sql`select ${column} as "file" from ${table} where ${column} = any(${parameter(ids)}::text[])${ofRow}`];
  return pathsWithin(field, "$").map((path) => {
    const found = sql`jsonb_path_query(${column}, ${literal(path)}) as "_found"`;
    return sql`select "_found" #>> '{}' as "file" from ${table}, ${found} where "_found" #>> '{}' = any(${parameter(ids)}::text[])${ofRow}`;
  });
}

/** The places of files in a JSON column, as PostgreSQL's paths: `$."place"[*]."scan"`. */
function pathsWithin(field: Field, path: string): readonly string[] {
  if (field.kind === "file") return [path];
  if (field.kind !== "json" && field.kind !== "list") return [];
  const inside = field.kind === "list" ? `${path}[*]` : path;
  return field.fields.flatMap((inner) => pathsWithin(inner, `${inside}.${JSON.stringify(inner.name)}`));
}
