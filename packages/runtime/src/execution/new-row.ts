import type { Entity, Field } from "@archwright/model";
import { fromJson } from "@archwright/model";
import { ProblemError } from "../problem.ts";
import { newId } from "./identifier.ts";

/** A whole row from what was said of it: ids, times, first states and defaults are ours to fill in. */
export function newRow(entity: Entity, said: Readonly<Record<string, unknown>>, now: Date): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const field of entity.fields) {
    const value = said[field.name] ?? given(field, now);
    if (field.kind === "money") refuseUnsayable(entity, field, value);
    row[field.name] = value;
  }
  return row;
}

/**
 * A column holds more than a number of JSON says exactly. What an expression made so large could be stored and never be told.
 *
 * @throws ProblemError invariant-broken
 */
function refuseUnsayable(entity: Entity, { name }: Field, value: unknown): void {
  if (typeof value !== "object" || value === null || !("amount" in value) || Number.isSafeInteger(Number(value.amount))) return;
  throw new ProblemError("invariant-broken", 422, {
    detail: `${name} of ${entity.name} would be more than ${Number.MAX_SAFE_INTEGER} minor units.`,
  });
}

function given(field: Field, now: Date): unknown {
  if (field.kind === "id") return newId(field.prefix, now.getTime());
  if (field.kind === "state") return field.initial;
  if (field.now) return now;
  if (field.default !== undefined) return fromJson(field, field.default);
  return field.kind === "list" ? [] : null;
}
