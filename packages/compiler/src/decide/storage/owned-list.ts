import type { Entity } from "@archwright/model";
import { constant, product, sum, zero } from "../../formulas/formula.ts";
import { counted, whether } from "../../quantities/given.ts";
import { bytesOfFields, ownedRows } from "../../quantities/row-size.ts";
import { pointReadMs, rowWriteMs } from "../../quantities/run.ts";
import { needAtMost, needThatNot, type Brief, type Proposal } from "../rule.ts";
import { keptSo } from "./kept-value-cost.ts";
import type { OwnedList } from "./kept-values.ts";

export const itemReadMs = constant(
  "normalization-item-read",
  "work of the database for one more row of a list that is read in order",
  0.014,
  "ms",
  "general",
  "a page of 20 rows less a point read, by row",
  [0.003, 0.1],
);
const itemJsonMs = constant(
  "normalization-item-json",
  "work of the database for one item inside JSON, read or written",
  0.003,
  "ms",
  "general",
  "to be measured: parsing some 100 bytes",
  [0.001, 0.02],
);
const largeValue = constant(
  "normalization-large-value",
  "bytes beyond which PostgreSQL moves a value out of its row",
  2_000,
  "bytes",
  "sourced",
  "PostgreSQL documentation: TOAST_TUPLE_THRESHOLD",
);
const jsonHours = constant(
  "normalization-json-hours",
  "hours in a month for items without a table: changes of their form, checks in code",
  0.5,
  "hours",
  "general",
  "a rewrite of all rows for each new field that must be there",
  [0.1, 2],
);
/** Of a row of a table: its header, its parent and its position; of an item in JSON: braces, quotes and names. */
const itemRowBytes = 68;
const itemJsonBytes = 20;

/** Rows of their own, or JSON in the row that owns them. */
export function listProposal(brief: Brief, entity: Entity, { field, references, isSearched }: OwnedList): Proposal {
  const path = `${entity.id}.${field.name}`;
  const bytes = bytesOfFields(field.fields);
  const bytesOf = (id: string, words: string, value: number) =>
    product(ownedRows, counted(`${path}.list-${id}`, `bytes of one of ${field.name} ${words}`, value, path, "bytes"));
  const inTable = bytesOf("row-bytes", "in a table", itemRowBytes + bytes);
  const inJson = bytesOf("json-bytes", "in JSON", itemJsonBytes + 1.5 * bytes);
  const parsing = product(ownedRows, itemJsonMs);
  const referring = counted(`${path}.list-references`, `references in ${field.name}`, references, path);
  const searched = whether(`${path}.list-searched`, `rows are looked for by what is in ${field.name}`, isSearched, path);
  return {
    about: path,
    question: `Do the ${field.name} of ${entity.name} have a table of their own?`,
    options: [
      {
        id: "normalized",
        title: `a table of its own for ${field.name}`,
        ...keptSo(brief, entity, {
          readMs: sum(pointReadMs, product(ownedRows, itemReadMs)),
          writeMs: product(ownedRows, rowWriteMs),
          bytes: inTable,
        }),
        because: `The database can check, refer from and sum up each of the ${field.name} of ${entity.name}.`,
        consequence: `Whoever reads a row of ${entity.name} reads a second table with it.`,
      },
      {
        id: "embedded",
        title: `${field.name} as JSON in the row`,
        needs: [
          needAtMost(referring, zero, "the database does not check a reference that lies inside JSON"),
          needThatNot(searched, `rows of ${entity.name} are found by what is in ${field.name}`),
          needAtMost(inJson, largeValue, "a value of that size is moved out of its row, and every change writes the whole of it again"),
        ],
        ...keptSo(brief, entity, { readMs: parsing, writeMs: parsing, bytes: inJson, hours: jsonHours }),
        because: `A row of ${entity.name} is read and written in one piece, ${field.name} included.`,
        consequence: `Only the code knows what ${field.name} must be like, and a changed form has to be rewritten in every row.`,
      },
    ],
  };
}
