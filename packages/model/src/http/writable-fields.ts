import type { Field } from "../model/field.ts";
import type { Entity } from "../model/model.ts";
import { onlyFields } from "../relational/access.ts";

/** The fields that some caller may give a new row: all but those that the row is born with. */
export function creatableFields(entity: Entity): readonly Field[] {
  return granted("create", entity);
}

/** The fields that some caller may change: a state moves by transition, and what is readonly is set once. */
export function updatableFields(entity: Entity): readonly Field[] {
  return granted("update", entity).filter(({ readonly }) => readonly !== true);
}

/** Whether this caller may write the field is asked of each request. */
function granted(action: "create" | "update", entity: Entity): readonly Field[] {
  const only = onlyFields(entity, action);
  return entity.fields.filter((field) => !bornWith(field) && (only?.includes(field.name) ?? true));
}

const bornWith = ({ kind, now }: Field): boolean => kind === "id" || kind === "state" || now === true;
