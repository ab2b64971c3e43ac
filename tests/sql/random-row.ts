import {
  columnOf,
  evaluate,
  fromJson,
  list,
  listColumns,
  listTableOf,
  name,
  parameter,
  render,
  sql,
  storedValue,
  tableOf,
  type Entity,
  type Field,
  type Sql,
} from "@archwright/model";
import fc from "fast-check";
import type { Client } from "pg";

export type Row = Readonly<Record<string, unknown>>;

/** Ids that refs and actors share, so that they meet. */
export const people = ["per_1", "per_2", "per_3"] as const;
export const nowMs = Date.UTC(2026, 1, 14);

/**
 * Rows as handlers hold them. What is missing, and text that SQL has its own ideas about, comes up often. Rows that break an invariant
 * are left out, by the evaluator's word: where PostgreSQL thinks otherwise, it refuses them.
 */
export function randomRows(entity: Entity, most: number): fc.Arbitrary<readonly Row[]> {
  return fc
    .array(fc.record(Object.fromEntries(entity.fields.map((field) => [field.name, optionalValue(field)]))), {
      maxLength: most,
      size: "max",
    })
    .map((rows) =>
      rows.map((row, index) => Object.fromEntries(entity.fields.map((field) => [field.name, distinct(field, row[field.name], index)]))),
    )
    .map((rows) => rows.filter((row) => entity.invariants.every(({ holds }) => evaluate(holds, { row }) !== false)));
}

/** Writes rows as the superuser, past every trigger and key. */
export async function insertRows(client: Client, entity: Entity, rows: readonly Row[]): Promise<void> {
  const own = entity.fields.filter(({ kind }) => kind !== "list");
  await insert(
    client,
    tableOf(entity.id),
    own.map(({ name: field }) => columnOf(field)),
    rows.map((row) => valuesOf(own, row)),
  );
  for (const owned of entity.fields.filter((field) => field.kind === "list")) {
    const items = rows.flatMap((row) =>
      asItems(row[owned.name]).map((item, index) => [parameter(row["id"]), parameter(index + 1), ...valuesOf(owned.fields, item)]),
    );
    const columns = [name(listColumns.parent), name(listColumns.position), ...owned.fields.map(({ name: field }) => columnOf(field))];
    await insert(client, listTableOf(entity.id, owned.name), columns, items);
  }
}

async function insert(client: Client, table: Sql, columns: readonly Sql[], rows: readonly (readonly Sql[])[]): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = render(sql`insert into ${table} (${list(columns)}) values ${list(rows.map((row) => sql`(${list(row)})`))}`);
  await client.query(text, [...values]);
}

const asItems = (value: unknown): readonly Row[] => (Array.isArray(value) ? (value as readonly Row[]) : []); // randomRows makes lists of records.
const valuesOf = (fields: readonly Field[], row: Row): readonly Sql[] =>
  fields.map((field) => parameter(storedValue(field, row[field.name])));

function optionalValue(field: Field): fc.Arbitrary<unknown> {
  return field.optional ? fc.option(valueOf(field), { freq: 3 }) : valueOf(field);
}

/** Two rows never share an id or a unique value. */
function distinct(field: Field, value: unknown, index: number): unknown {
  if (field.kind === "id") return `${field.prefix === "per" ? "per_" : `${field.prefix}_`}${index + 1}`;
  if (field.kind === "list" && Array.isArray(value))
    return value.map((item: Row, at) =>
      Object.fromEntries(field.fields.map((inner) => [inner.name, distinct(inner, item[inner.name], at)])),
    );
  if (!field.unique || typeof value !== "string") return value;
  const letter = String.fromCharCode(65 + (index % 26), 65 + (Math.floor(index / 26) % 26));
  if (field.pattern === undefined) return `${cut(value, Number(field.max ?? Infinity) - letter.length)}${letter}`;
  const shape = wholeShape(field.pattern);
  const fitting = [`${letter}Z`, `${letter}z`.toLowerCase()].find((text) => shape.test(text));
  if (fitting === undefined) throw new Error(`${field.name} is unique, and no text that is known here matches ${field.pattern}.`);
  return fitting;
}

const texts = [
  "",
  "ab 50%_",
  "AB 5",
  "aB\u30005%_ c",
  "a_%x",
  "aXYx",
  "A_%",
  "50%",
  "\\",
  "a\\b",
  "İstanbul",
  "ΣΟΦΟΣ",
  "σοφοσ",
  "straße",
  "  ",
  "'--\"$$",
  "Ç🦊",
];

function valueOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "id":
      return fc.constant("");
    case "ref":
      return fc.constantFrom(...people);
    case "int":
      return wholeWithin(field, -5, 12);
    case "money":
      return wholeWithin(field, -300, 900).map((amount) => fromJson(field, { amount, currency: field.currency }));
    case "decimal":
      return fc
        .oneof(
          fc.constantFrom(1.5, 0),
          fc.integer({ min: field.min === undefined ? -80 : 0, max: 90 }).map((tenths) => Math.min(tenths / 10, Number(field.max ?? 90))),
        )
        .map((value) => fromJson(field, value.toFixed(field.places)));
    case "bool":
      return fc.boolean();
    case "time":
      return fc.integer({ min: -60 * 86_400_000, max: 0 }).map((offset) => new Date(nowMs + offset));
    case "date":
      return fc.integer({ min: -60, max: 0 }).map((days) => new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10));
    case "duration":
      return fc.constantFrom("2d", "48h", "90s", "1.5m", "400ms", "10d", "0s");
    case "oneOf":
      return fc.constantFrom(...field.values);
    case "state":
      return fc.constantFrom(...Object.keys(field.moves));
    case "json":
      return fc.record(
        Object.fromEntries(
          field.fields.map((inner) => [
            inner.name,
            inner.kind === "text" ? fc.constantFrom("a", "b") : fc.option(fc.constantFrom(1, 2), { freq: 1 }),
          ]),
        ),
      );
    case "list":
      return fc.array(fc.record(Object.fromEntries(field.fields.map((inner) => [inner.name, optionalValue(inner)]))), { maxLength: 3 });
    default:
      return textOf(field);
  }
}

/** Of the numbers that a field allows those from `low` to `high`, or the nearest. */
function wholeWithin({ min, max }: Field, low: number, high: number): fc.Arbitrary<number> {
  const least = Math.max(Number(min ?? low), low);
  return fc.integer({ min: least, max: Math.max(least, Math.min(Number(max ?? high), high)) });
}

function textOf({ min: said, max = Infinity, pattern }: Field): fc.Arbitrary<string> {
  const min = Number(said ?? 0);
  const fits = (text: string): boolean => characters(text).length >= min && characters(text).length <= Number(max);
  if (pattern !== undefined) return fc.stringMatching(wholeShape(pattern)).filter(fits);
  const known = [...texts, "x".repeat(Math.max(1, min))].filter(fits);
  const made = fc
    .string({ unit: "grapheme", minLength: min, maxLength: Math.max(6, min) })
    .map((text) => cut(text.replaceAll("\0", " "), Number(max)));
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, made);
}

const wholeShape = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

/** As PostgreSQL counts them: a letter and its accent may be two. */
const characters = (text: string): readonly string[] => Array.from(text);
const cut = (text: string, max: number): string => characters(text).slice(0, max).join("");
