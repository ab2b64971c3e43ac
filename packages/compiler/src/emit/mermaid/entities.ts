import type { Entity, Field, FieldOf, Model } from "@archwright/model";
import type { Stamp } from "../emitter.ts";
import { safeName } from "../safe-name.ts";
import { render, type Block } from "../text.ts";
import { heading, nodeId, quoted } from "./label.ts";

/** Every entity with its fields, the rows that belong to it, and whom it names. */
export function emitEntities(model: Model, { hash }: Stamp): string {
  const tables = model.entities.flatMap(tablesOf);
  const contextOf = new Map(model.entities.map(({ id, context }) => [id, context]));
  return render([
    ...heading(`${model.name}: entities`, hash),
    "%% A dotted line crosses contexts: an id, and no foreign key.",
    "erDiagram",
    tables.flatMap((table): Block[] => [`${table.id}[${quoted(table.name)}] {`, table.fields.map(fieldLine), "}"]),
    tables.flatMap((table) => [...(table.owner ? [`${table.owner} ||--${countOf(table.list)} ${table.id} : ${quoted(table.list?.name ?? "")}`] : []), ...references(table, contextOf)]),
  ]);
}

/** A list of a row's own is a table too: its rows belong to the row. */
interface Table {
  readonly id: string;
  readonly name: string;
  readonly context: string;
  readonly fields: readonly Field[];
  readonly owner?: string;
  readonly list?: FieldOf<"list">;
}

function tablesOf({ id, context, fields }: Entity): readonly Table[] {
  const own: Table = { id: nodeId("e", id), name: id, context, fields: fields.filter(({ kind }) => kind !== "list") };
  const lists = fields.flatMap((field): Table[] =>
    field.kind === "list" ? [{ id: nodeId("l", `${id}.${field.name}`), name: `${id}.${field.name}`, context, fields: field.fields, owner: own.id, list: field }] : [],
  );
  return [own, ...lists];
}

function fieldLine(field: Field): string {
  const key = keys(field);
  return [typeWord(field), nameWord(field.name), ...(key === "" ? [] : [key]), ...(remarks(field) === "" ? [] : [quoted(remarks(field))])].join(" ");
}

/** The grammar wants a word that begins with a letter. */
const nameWord = (name: string): string => (/^[A-Za-z]\w*$/.test(name) ? name : nodeId("f", name));

function typeWord(field: Field): string {
  if (field.kind === "money") return `money_${safeName(field.currency, "")}`;
  return field.kind === "decimal" ? `decimal_${field.digits}_${field.places}` : field.kind;
}

function keys({ kind, unique }: Field): string {
  const found = [...(kind === "id" ? ["PK"] : []), ...(kind === "ref" ? ["FK"] : []), ...(unique ? ["UK"] : [])];
  return found.join(", ");
}

function remarks({ name, optional, personal, deprecated }: Field): string {
  const found = [nameWord(name) !== name && name, optional && "optional", personal && "personal data", deprecated !== undefined && "deprecated"];
  return found.filter((remark) => typeof remark === "string").join(", ");
}

function references({ id, fields, context }: Table, contextOf: ReadonlyMap<string, string>): readonly string[] {
  return fields.flatMap((field) => {
    if (field.kind !== "ref") return [];
    const line = contextOf.get(field.entity) === context ? "--" : "..";
    const left = field.optional ? "|o" : "||";
    return [`${nodeId("e", field.entity)} ${left}${line}${field.unique ? "o|" : "o{"} ${id} : ${quoted(field.name)}`];
  });
}

const countOf = (list: FieldOf<"list"> | undefined): string => (Number(list?.min ?? 0) > 0 ? "|{" : "o{");
