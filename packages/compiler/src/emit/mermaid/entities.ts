import type { Entity, Field, FieldOf, Model } from "@archwright/model";
import type { Stamp } from "../emitter.ts";
import { safeName } from "../safe-name.ts";
import { render, type Block } from "../text.ts";
import { heading, quoted } from "./label.ts";

/** Every entity with its fields, the rows that belong to it, and whom it names. */
export function emitEntities(model: Model, { hash }: Stamp): string {
  const tables = model.entities.flatMap(tablesOf);
  const contextOf = new Map(model.entities.map(({ id, context }) => [id, context]));
  return render([
    ...heading(`${model.name}: entities`, hash),
    "%% A dotted line crosses contexts: an id, and no foreign key.",
    "erDiagram",
    tables.flatMap((table): Block[] => [`${quoted(table.id)} {`, table.fields.map(fieldLine), "}"]),
    tables.flatMap((table) => [ownership(table), ...references(table, contextOf)]),
  ]);
}

/** A list of a row's own is a table too: its rows belong to the row. */
interface Table {
  readonly id: string;
  readonly context: string;
  readonly fields: readonly Field[];
  readonly owned?: { readonly by: string; readonly list: FieldOf<"list"> };
}

function tablesOf({ id, context, fields }: Entity): readonly Table[] {
  const lists = fields.flatMap((field): Table[] =>
    field.kind === "list" ? [{ id: `${id}.${field.name}`, context, fields: field.fields, owned: { by: id, list: field } }] : [],
  );
  return [{ id, context, fields: fields.filter(({ kind }) => kind !== "list") }, ...lists];
}

function ownership({ id, owned }: Table): Block {
  return owned && `${quoted(owned.by)} ||--${Number(owned.list.min ?? 0) > 0 ? "|{" : "o{"} ${quoted(id)} : ${quoted(owned.list.name)}`;
}

function fieldLine(field: Field): string {
  const key = keys(field);
  return [
    typeWord(field),
    nameWord(field.name),
    ...(key === "" ? [] : [key]),
    ...(remarks(field) === "" ? [] : [quoted(remarks(field))]),
  ].join(" ");
}

/** The grammar wants a word that begins with a letter. */
const nameWord = (name: string): string => (/^[A-Za-z]\w*$/.test(name) ? name : `f_${safeName(name, "")}`);

function typeWord(field: Field): string {
  if (field.kind === "money") return `money_${safeName(field.currency, "")}`;
  return field.kind === "decimal" ? `decimal_${field.digits}_${field.places}` : field.kind;
}

function keys({ kind, unique }: Field): string {
  const found = [...(kind === "id" ? ["PK"] : []), ...(kind === "ref" ? ["FK"] : []), ...(unique ? ["UK"] : [])];
  return found.join(", ");
}

function remarks({ name, optional, personal, deprecated }: Field): string {
  const found = [
    nameWord(name) !== name && name,
    optional && "optional",
    personal && "personal data",
    deprecated !== undefined && "deprecated",
  ];
  return found.filter((remark) => typeof remark === "string").join(", ");
}

function references({ id, fields, context }: Table, contextOf: ReadonlyMap<string, string>): readonly string[] {
  return fields.flatMap((field) => {
    if (field.kind !== "ref") return [];
    const line = contextOf.get(field.entity) === context ? "--" : "..";
    const left = field.optional ? "|o" : "||";
    return [`${quoted(field.entity)} ${left}${line}${field.unique ? "o|" : "o{"} ${quoted(id)} : ${quoted(field.name)}`];
  });
}
