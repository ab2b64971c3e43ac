import { columnName, name, sql, tableName, type Entity, type Field, type Sql } from "@archwright/model";
import { patternToSql } from "./pattern.ts";
import { commentOn } from "./script.ts";
import { qualified, type Table } from "./table.ts";

/** What the catalogue should know of tables and columns, and their types do not say. */
export function remarksOn(table: Table): readonly Sql[] {
  const columns = table.fields.flatMap((field) => {
    const remarks = remarksOnField(field, table.entity);
    return remarks.length === 0
      ? []
      : [commentOn(sql`column ${name(table.schema, table.name, columnName(field.name))}`, remarks.join(" "))];
  });
  return [commentOn(sql`table ${qualified(table)}`, tableRemark(table)), ...columns];
}

function tableRemark({ entity, list, fields }: Table): string {
  const personal = fields.filter((field) => field.personal).map((field) => field.name);
  const held = personal.length === 0 ? "" : ` Personal data: ${personal.join(", ")}.`;
  return list
    ? `${list.name} of ${entity.id}, in order.${held}`
    : `${entity.id}.${entity.tenant === undefined ? "" : ` Each row belongs to the tenant in ${entity.tenant}.`}${held}`;
}

function remarksOnField(field: Field, { context }: Entity): readonly string[] {
  const { personal, deprecated, pattern } = field;
  return [
    ...(units[field.kind]?.(field, context) ?? []),
    ...(personal ? [`Personal data, held for ${bases[personal.basis]}, for ${personal.keepMs / dayMs} days.`] : []),
    ...(deprecated === undefined ? [] : [`Deprecated: ${deprecated}.`]),
    ...(pattern !== undefined && patternToSql(pattern) === undefined ? [`Matches /${pattern}/, which only the API checks.`] : []),
  ];
}

const dayMs = 86_400_000;
const bases = {
  contract: "a contract",
  consent: "a consent",
  legal: "a legal duty",
  "legitimate-interest": "a legitimate interest",
} as const;

const units: { readonly [kind in Field["kind"]]?: (field: Field, context: string) => readonly string[] } = {
  money: (field) => (field.kind === "money" ? [`In minor units of ${field.currency}.`] : []),
  duration: () => ["In milliseconds."],
  secret: () => ["Encrypted."],
  file: () => ["Id of a file."],
  ref: (field, context) =>
    field.kind === "ref" && !field.entity.startsWith(`${context}.`)
      ? [`Id of a row in ${tableName(field.entity).join(".")}, which another context keeps.`]
      : [],
};
