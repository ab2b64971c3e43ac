import {
  boundedName,
  checkName,
  columnName,
  columnOf,
  constant,
  list,
  listColumns,
  literal,
  name,
  raw,
  sql,
  tableName,
  uniqueName,
  type Field,
  type FieldKind,
  type Sql,
} from "@archwright/model";
import { patternToSql } from "./pattern.ts";
import { qualified, type Table } from "./table.ts";

export interface NamedSql {
  readonly name: string;
  readonly sql: Sql;
}

/** What the fields say of their values, each fact a check of its own. */
export function checksOf(table: Table): readonly NamedSql[] {
  return [...positionCheck(table), ...table.fields.flatMap(checksOfField)];
}

/** Within the tenant where the entity has one; the items of a list within their list. */
export function uniquesOf(table: Table): readonly NamedSql[] {
  const { entity, list: owned, fields } = table;
  return fields
    .filter(({ unique }) => unique)
    .map((field) => {
      const scope = owned
        ? [listColumns.parent]
        : entity.tenant !== undefined && entity.tenant !== field.name
          ? [columnName(entity.tenant)]
          : [];
      const columns = [...scope, columnName(field.name)].map((column) => name(column));
      return { name: uniqueName(table.name, field.name), sql: sql`unique (${list(columns)})` };
    });
}

/** Foreign keys to entities of the same context. Across contexts a reference is an id, and the other context keeps its promise itself. */
export function foreignKeys(table: Table): readonly Sql[] {
  return localRefs(table).map(({ name: field, entity }) => {
    const key = name(boundedName(`${table.name}_${columnName(field)}_fkey`));
    return sql`alter table ${qualified(table)} add constraint ${key} foreign key (${columnOf(field)}) references ${name(...tableName(entity))} (${name("id")})`;
  });
}

export function localRefs({ fields, entity: { context } }: Table): readonly Extract<Field, { kind: "ref" }>[] {
  return fields.filter((field) => field.kind === "ref").filter(({ entity }) => entity.startsWith(`${context}.`));
}

function checksOfField(field: Field): readonly NamedSql[] {
  const column = columnOf(field.name);
  const { measure, bound } = measures[field.kind] ?? {};
  const limits =
    measure && bound
      ? (["min", "max"] as const)
          .filter((fact) => field[fact] !== undefined)
          .map((fact) => check(field, fact, sql`${measure(column)} ${raw(fact === "min" ? ">=" : "<=")} ${bound(field, field[fact] ?? 0)}`))
      : [];
  return [...limits, ...valuesCheck(field), ...patternCheck(field)];
}

/** What a bound is measured against, and how it is written. */
interface Measure {
  readonly measure: (column: Sql) => Sql;
  readonly bound: (field: Field, limit: number | string) => Sql;
}

const itself = (column: Sql): Sql => column;
const plain = (_: Field, limit: number | string): Sql => literal(Number(limit));
const characters: Measure = { measure: (column) => sql`char_length(${column})`, bound: plain };
const amount: Measure = { measure: itself, bound: plain };

const measures: { readonly [kind in FieldKind]?: Measure } = {
  text: characters,
  email: characters,
  url: characters,
  phone: characters,
  int: amount,
  money: amount,
  duration: amount,
  decimal: { measure: itself, bound: (field, limit) => constant(field, String(limit)) },
  date: { measure: itself, bound: constant },
  // A list inside a list is kept as JSON.
  list: { measure: (column) => sql`jsonb_array_length(${column})`, bound: plain },
};

function valuesCheck(field: Field): readonly NamedSql[] {
  const values = field.kind === "oneOf" ? field.values : field.kind === "state" ? Object.keys(field.moves) : undefined;
  return values ? [check(field, "values", sql`${columnOf(field.name)} in (${list(values.map(literal))})`)] : [];
}

/** The bytes decide what a letter or a digit is, as in the pattern of the contract, and not the language of the database. */
function patternCheck(field: Field): readonly NamedSql[] {
  const pattern = field.pattern === undefined ? undefined : patternToSql(field.pattern);
  return pattern === undefined ? [] : [check(field, "pattern", sql`${columnOf(field.name)} collate "C" ~ ${literal(pattern)}`)];
}

function positionCheck({ list: owned }: Table): readonly NamedSql[] {
  if (!owned) return [];
  const position = name(listColumns.position);
  const least = { name: `${listColumns.position}_min`, sql: sql`check (${position} >= 1)` };
  return owned.max === undefined ? [least] : [least, check(owned, "max", sql`${position} <= ${literal(Number(owned.max))}`)];
}

const check = (field: Field, fact: "min" | "max" | "values" | "pattern", condition: Sql): NamedSql => ({
  name: checkName(field.name, fact),
  sql: sql`check (${condition})`,
});
