import type { Field, Lookup } from "@archwright/model";
import { columnOf, entityRole, fileFieldsWithin, parameter, render, rolesNamed, sql, tableOf } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { fileLooks, keepFiles, type ChangedRow } from "../files/file-check.ts";
import { filesIn, type NamedFile } from "../files/files-in-values.ts";
import { notFound } from "./frame.ts";
import type { Caller } from "./seams.ts";
import type { Identity } from "./session.ts";

/** What of an input names something else: a row, or files. */
export type InputReference = RowReference | FileReferences;

/** A place in an input where the caller names a row: he may only name one that he may read. */
interface RowReference {
  readonly kind: "row";
  readonly entity: string;
  /** The ids that an input holds at this place. */
  idsIn(input: Readonly<Record<string, unknown>>): readonly string[];
  /** Roles that the entity's access rules name. Where they are silent, the operation is the grant. */
  readonly rolesWithRules: ReadonlySet<string>;
}

/** All places in an input where the caller names a file: he may only name one that is his and fits. */
interface FileReferences {
  readonly kind: "files";
  readonly fields: readonly Field[];
}

export function inputReferences(lookup: Lookup, fields: readonly Field[]): readonly InputReference[] {
  const rows = fields.flatMap((field) => referencesOf(lookup, field, (input) => [input[field.name]]));
  return fileFieldsWithin(fields).length === 0 ? rows : [...rows, { kind: "files", fields }];
}

type Reach = (input: Readonly<Record<string, unknown>>) => readonly unknown[];

function referencesOf(lookup: Lookup, field: Field, reach: Reach): readonly RowReference[] {
  if (field.kind === "ref") {
    const rolesWithRules = new Set(rolesNamed(lookup.entity(field.entity)));
    return [
      {
        kind: "row",
        entity: field.entity,
        rolesWithRules,
        idsIn: (input) => reach(input).filter((id): id is string => typeof id === "string"),
      },
    ];
  }
  if (field.kind !== "list" && field.kind !== "json") return [];
  return field.fields.flatMap((inner) =>
    referencesOf(lookup, inner, (input) => reach(input).flatMap((held) => asRecords(held).map((record) => record[inner.name]))),
  );
}

function asRecords(held: unknown): readonly Readonly<Record<string, unknown>>[] {
  const all: readonly unknown[] = Array.isArray(held) ? held : [held];
  return all.filter((one): one is Readonly<Record<string, unknown>> => typeof one === "object" && one !== null);
}

/** One look at each entity that the input names rows of, through the caller's own eyes; and one at the files. */
export interface ReferenceCheck {
  readonly identity: Identity;
  readonly statement: Statement;
  /** @throws ProblemError when the answer is not what the input needs. */
  accept(rows: readonly Readonly<Record<string, unknown>>[]): void;
}

export function referenceChecks(
  references: readonly InputReference[],
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
  system: string,
  changed?: ChangedRow,
): readonly ReferenceCheck[] {
  const idsByEntity = new Map<string, Set<string>>();
  for (const reference of references) {
    if (reference.kind === "files" || !reference.rolesWithRules.has(caller.role)) continue;
    const { entity, idsIn } = reference;
    const ids = idsByEntity.get(entity) ?? new Set();
    idsIn(input).forEach((id) => ids.add(id));
    idsByEntity.set(entity, ids);
  }
  const rows = [...idsByEntity].filter(([, ids]) => ids.size > 0).map(([entity, ids]) => check(entity, [...ids], caller, system));
  return [...rows, ...fileLooks(filesNamed(references, input), caller, system, changed)];
}

/** What commits with the effect of an input that names files. */
export function keepNamedFiles(references: readonly InputReference[], input: Readonly<Record<string, unknown>>): readonly Statement[] {
  return keepFiles(filesNamed(references, input));
}

function filesNamed(references: readonly InputReference[], input: Readonly<Record<string, unknown>>): readonly NamedFile[] {
  return references.flatMap((reference) => (reference.kind === "files" ? filesIn(reference.fields, input) : []));
}

/** At the first id that the caller may not read, as if it did not exist. */
function assertReadable(entity: string, ids: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): void {
  const readable = new Set(rows.map((row) => row["id"]));
  const missing = ids.find((id) => !readable.has(id));
  if (missing !== undefined) throw notFound(entity.slice(entity.indexOf(".") + 1), missing);
}

function check(entity: string, ids: readonly string[], caller: Caller, system: string): ReferenceCheck {
  const { text, values } = render(sql`select ${columnOf("id")} from ${tableOf(entity)} where ${columnOf("id")} = any(${parameter(ids)})`);
  return {
    identity: { databaseRole: entityRole(system, entity), caller },
    statement: { text, values },
    accept: (rows) => assertReadable(entity, ids, rows),
  };
}
