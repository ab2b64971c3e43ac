import type { Entity, Expression } from "@archwright/model";
import { expressionFields, rowFields } from "./expression-fields.ts";

/**
 * The fields by whose value the database finds rows without reading them all: ids, unique values, references, what the author indexed,
 * and the first field of each index of several.
 */
export function indexedFields(entity: Entity): ReadonlySet<string> {
  const own = entity.fields.filter(({ kind, unique, index }) => kind === "id" || kind === "ref" || unique === true || index === true);
  return new Set([...own.map(({ name }) => name), ...entity.indexes.flatMap(([first]) => first ?? [])]);
}

/** The fields whose words are indexed. */
export function searchableFields(entity: Entity): ReadonlySet<string> {
  return new Set(entity.fields.filter(({ search }) => search === true).map(({ name }) => name));
}

/** The fields for want of whose index a condition makes the database read every row; none where an index narrows the rows down. */
export function unindexedFields(condition: Expression, entity: Entity): readonly string[] {
  const indexed = indexedFields(entity);
  const searchable = searchableFields(entity);
  if (narrows(condition, indexed, searchable)) return [];
  return [...new Set(rowFields(condition))].filter((field) => !indexed.has(field) && !searchable.has(field));
}

/** One indexed part of an `and` narrows; of an `or` every branch must. A condition that names no field of the row selects all rows or none. */
function narrows(condition: Expression, indexed: ReadonlySet<string>, searchable: ReadonlySet<string>): boolean {
  if (expressionFields(condition).every(({ variable }) => variable !== "row")) return true;
  switch (condition.kind) {
    case "and":
      return condition.all.some((part) => rowFields(part).length > 0 && narrows(part, indexed, searchable));
    case "or":
      return condition.any.every((part) => narrows(part, indexed, searchable));
    case "compare":
      return condition.op !== "ne" && [condition.left, condition.right].some((side) => isField(side, indexed));
    case "in":
    case "missing":
    case "olderThan":
    case "startsWith":
      return isField(condition.of, indexed);
    case "matches":
      return isField(condition.of, searchable);
    default:
      return isField(condition, indexed);
  }
}

const isField = (expression: Expression, among: ReadonlySet<string>): boolean =>
  expression.kind === "field" && expression.of.kind === "variable" && expression.of.name === "row" && among.has(expression.name);
