import { boundedName, columnName, columnType, constant, listColumns, name, raw, sql, type Field, type Sql } from "@archwright/model";
import { checksOf, uniquesOf, type NamedSql } from "./constraints.ts";
import { rowInvariants } from "./invariants.ts";
import { column } from "./script.ts";
import { qualified, tablesOf, type Table } from "./table.ts";

export function createTable(table: Table): Sql {
  const constraints = [...keysOf(table), ...uniquesOf(table), ...checksOf(table), ...(table.list ? [] : rowInvariants(table))].map(
    ({ name: called, sql: rule }) => sql`constraint ${name(called)} ${rule}`,
  );
  return sql`create table ${qualified(table)} (\n  ${column([...listOwnColumns(table), ...table.fields.map(columnDefinition), ...constraints])}\n)`;
}

function listOwnColumns({ list }: Table): readonly Sql[] {
  return list ? [sql`${name(listColumns.parent)} text collate "C" not null`, sql`${name(listColumns.position)} integer not null`] : [];
}

function columnDefinition(field: Field): Sql {
  const given = defaultOf(field);
  return sql`${name(columnName(field.name))} ${columnType(field)}${field.optional ? raw("") : raw(" not null")}${given ? sql` default ${given}` : raw("")}`;
}

/** Ids and times come from the runtime; these defaults are for whoever inserts by hand. */
function defaultOf(field: Field): Sql | undefined {
  if (field.kind === "state") return constant(field, field.initial);
  if (field.now) return raw("now()");
  return field.default === undefined ? undefined : constant(field, field.default);
}

function keysOf(table: Table): readonly NamedSql[] {
  const [owner] = tablesOf(table.entity);
  const { parent, position } = listColumns;
  if (!table.list) return [{ name: boundedName(`${table.name}_pkey`), sql: sql`primary key (${name("id")})` }];
  return [
    { name: boundedName(`${table.name}_pkey`), sql: sql`primary key (${name(parent)}, ${name(position)})` },
    {
      name: boundedName(`${table.name}_parent_fkey`),
      sql: sql`foreign key (${name(parent)}) references ${qualified(owner)} (${name("id")}) on delete cascade`,
    },
  ];
}
