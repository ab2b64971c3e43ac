import type { Entity, Field } from "@archwright/model";
import { fromJson } from "@archwright/model";
import { newId } from "./identifier.ts";

/** A whole row from what was said of it: ids, times, first states and defaults are ours to fill in. */
export function newRow(entity: Entity, said: Readonly<Record<string, unknown>>, now: Date): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const field of entity.fields) row[field.name] = said[field.name] ?? given(field, now);
  return row;
}

function given(field: Field, now: Date): unknown {
  if (field.kind === "id") return newId(field.prefix, now.getTime());
  if (field.kind === "state") return field.initial;
  if (field.now) return now;
  if (field.default !== undefined) return fromJson(field, field.default);
  return field.kind === "list" ? [] : null;
}
