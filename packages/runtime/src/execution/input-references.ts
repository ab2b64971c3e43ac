import type { Field, Lookup } from "@archwright/model";
import { columnOf, entityRole, parameter, render, rolesNamed, sql, tableOf } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { notFound } from "./frame.ts";
import type { Caller } from "./seams.ts";
import type { Identity } from "./session.ts";

/** A place in an input where the caller names a row: he may only name one that he may read. */
export interface InputReference {
  readonly entity: string;
  /** The ids that an input holds at this place. */
  idsIn(input: Readonly<Record<string, unknown>>): readonly string[];
  /** Roles that the entity's access rules name. Where they are silent, the operation is the grant. */
  readonly rolesWithRules: ReadonlySet<string>;
}

export function inputReferences(lookup: Lookup, fields: readonly Field[]): readonly InputReference[] {
  return fields.flatMap((field) => referencesOf(lookup, field, (input) => [input[field.name]]));
}

type Reach = (input: Readonly<Record<string, unknown>>) => readonly unknown[];

function referencesOf(lookup: Lookup, field: Field, reach: Reach): readonly InputReference[] {
  if (field.kind === "ref") {
    const rolesWithRules = new Set(rolesNamed(lookup.entity(field.entity)));
    return [{ entity: field.entity, rolesWithRules, idsIn: (input) => reach(input).filter((id): id is string => typeof id === "string") }];
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

/** One look at each entity that the input names rows of, through the caller's own eyes. */
export interface ReferenceCheck {
  readonly identity: Identity;
  readonly statement: Statement;
  readonly entity: string;
  readonly ids: readonly string[];
}

export function referenceChecks(
  references: readonly InputReference[],
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
  system: string,
): readonly ReferenceCheck[] {
  const idsByEntity = new Map<string, Set<string>>();
  for (const { entity, rolesWithRules, idsIn } of references) {
    if (!rolesWithRules.has(caller.role)) continue;
    const ids = idsByEntity.get(entity) ?? new Set();
    idsIn(input).forEach((id) => ids.add(id));
    idsByEntity.set(entity, ids);
  }
  return [...idsByEntity].filter(([, ids]) => ids.size > 0).map(([entity, ids]) => check(entity, [...ids], caller, system));
}

/** @throws ProblemError not-found at the first id that the caller may not read, as if it did not exist. */
export function assertReadable({ entity, ids }: ReferenceCheck, rows: readonly Readonly<Record<string, unknown>>[]): void {
  const readable = new Set(rows.map((row) => row["id"]));
  const missing = ids.find((id) => !readable.has(id));
  if (missing !== undefined) throw notFound(entity.slice(entity.indexOf(".") + 1), missing);
}

function check(entity: string, ids: readonly string[], caller: Caller, system: string): ReferenceCheck {
  const { text, values } = render(sql`select ${columnOf("id")} from ${tableOf(entity)} where ${columnOf("id")} = any(${parameter(ids)})`);
  return { identity: { databaseRole: entityRole(system, entity), caller }, statement: { text, values }, entity, ids };
}
