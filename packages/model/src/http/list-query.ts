import type { Field } from "../model/field.ts";
import type { Entity } from "../model/model.ts";

/** How many rows a page holds. */
export const pageLimits = { standard: 20, max: 100 } as const;

/** What every paged answer takes: how many rows, and from where on. */
export const pageFields: readonly Field[] = [
  { kind: "int", name: "limit", min: 1, max: pageLimits.max, default: pageLimits.standard },
  { kind: "text", name: "after", max: 500, optional: true },
];

/** The fields that a list may be narrowed by, each for equality: those that an index or few values make cheap. */
export function filterFields(entity: Entity): readonly Field[] {
  return entity.fields.filter((field) => isFilter(field, entity)).map(asFilter);
}

/** The fields that a list may be sorted by: those whose order an index can give, and that no row lacks. */
export function sortFields({ fields, indexes }: Entity): readonly string[] {
  const leading = new Set(indexes.map(([first]) => first));
  return fields
    .filter(
      (field) =>
        field.optional !== true &&
        isOrdered(field) &&
        (field.kind === "id" || field.unique || field.index || field.now || leading.has(field.name)),
    )
    .map(({ name }) => name);
}

/** `sort=placedAt`, or `sort=-placedAt` for the last ones first. */
export function sortField(entity: Entity): Field {
  return { kind: "oneOf", name: "sort", values: sortFields(entity).flatMap((name) => [name, `-${name}`]), optional: true };
}

const filterKinds = new Set<Field["kind"]>(["ref", "state", "oneOf", "bool"]);
const plainKinds = new Set<Field["kind"]>(["text", "int", "email", "url", "phone", "date", "time", "decimal", "duration"]);
const pageNames = new Set(["sort", ...pageFields.map(({ name }) => name)]);

function isFilter(field: Field, { indexes }: Entity): boolean {
  if (pageNames.has(field.name)) return false;
  const indexed = field.unique === true || field.index === true || indexes.some(([first]) => first === field.name);
  return filterKinds.has(field.kind) || (indexed && plainKinds.has(field.kind));
}

function isOrdered({ kind }: Field): boolean {
  return kind === "id" || kind === "ref" || kind === "money" || plainKinds.has(kind);
}

/** A filter asks for a value as it is: it needs none, and gives none. */
function asFilter({ default: _default, unique: _unique, ...field }: Field): Field {
  return { ...field, optional: true };
}
