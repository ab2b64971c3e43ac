import { partsOf, type Entity, type Expression, type FieldKind } from "@archwright/model";
import { rowFields } from "./expression-fields.ts";

/*
 * What the emitted schema finds without reading every row. It indexes ids, unique values, references, what the author asks for, and the words
 * of searchable fields; and of itself, for each page and each list that an access rule narrows, the fields that are compared for equality.
 */

/** The fields by whose value rows are found, whoever asks: the first field of each index of several among them. */
export function indexedFields(entity: Entity): ReadonlySet<string> {
  const own = entity.fields.filter(({ kind, unique, index }) => kind === "id" || kind === "ref" || unique === true || index === true);
  return new Set([...own.map(({ name }) => name), ...entity.indexes.flatMap(([first]) => first ?? [])]);
}

/** An index that the author has asked for, or that comes with a field. Those that the schema makes for a page or a list are not among them. */
export interface EntityIndex {
  readonly fields: readonly string[];
  /** A key and a unique value hold rows to a rule; the others only find them. */
  readonly of: "key" | "unique" | "value" | "words";
}

/** Each once: what begins like an index of several fields is found by that one. */
export function entityIndexes({ fields, indexes }: Entity): readonly EntityIndex[] {
  const leading = new Set(indexes.map(([first]) => first));
  return [
    ...fields.flatMap(({ name, kind, unique, index, search }): readonly EntityIndex[] => {
      const found: readonly EntityIndex[] = search === true ? [{ fields: [name], of: "words" }] : [];
      if (kind === "id") return [{ fields: [name], of: "key" }, ...found];
      if (unique === true) return [{ fields: [name], of: "unique" }, ...found];
      return (kind === "ref" || index === true) && !leading.has(name) ? [{ fields: [name], of: "value" }, ...found] : found;
    }),
    ...indexes.map((several): EntityIndex => ({ fields: several, of: "value" })),
  ];
}

/** The fields of the row that a condition compares for equality with something from outside it. */
function equalFields(condition: Expression): readonly string[] {
  if (condition.kind === "and") return condition.all.flatMap(equalFields);
  if (condition.kind !== "compare" || condition.op !== "eq") return [];
  const { left, right } = condition;
  return [left, right].flatMap((side) => (isRowField(side) && !namesRow(side === left ? right : left) ? [side.name] : []));
}

/** A field without the index that a condition needs: of its values, or of its words. */
export interface MissingIndex {
  readonly field: string;
  readonly of: "value" | "words";
}

/**
 * The fields for want of whose index a condition makes the database read every row; none where an index narrows the rows down.
 *
 * @param hasOwn Whether the schema makes an index for this very condition.
 */
export function missingIndexes(condition: Expression, entity: Entity, hasOwn: boolean): readonly MissingIndex[] {
  const narrowing: Narrowing = { values: indexedFields(entity), words: searchableFields(entity) };
  if (narrows(condition, narrowing) || (hasOwn && equalFields(condition).length > 0)) return [];
  const searched = new Set(searchedFields(condition));
  const indexable = new Set(entity.fields.filter(({ kind }) => !wholeOnly.has(kind)).map(({ name }) => name));
  return [...new Set(rowFields(condition))].flatMap((field): readonly MissingIndex[] => {
    if (!indexable.has(field)) return [];
    if (searched.has(field)) return narrowing.words.has(field) ? [] : [{ field, of: "words" }];
    return narrowing.values.has(field) ? [] : [{ field, of: "value" }];
  });
}

/** What no index looks into. */
const wholeOnly = new Set<FieldKind>(["list", "json", "file", "page"]);

interface Narrowing {
  readonly values: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

/** One indexed part of an `and` narrows; of an `or` every branch must. A condition that names no field of the row selects all rows or none. */
function narrows(condition: Expression, by: Narrowing): boolean {
  if (!namesRow(condition)) return true;
  switch (condition.kind) {
    case "and":
      return condition.all.some((part) => namesRow(part) && narrows(part, by));
    case "or":
      return condition.any.every((part) => narrows(part, by));
    case "compare":
      return condition.op !== "ne" && [condition.left, condition.right].some((side) => isRowField(side) && by.values.has(side.name));
    case "in":
    case "missing":
    case "olderThan":
    case "startsWith":
      return isRowField(condition.of) && by.values.has(condition.of.name);
    case "matches":
      return isRowField(condition.of) && by.words.has(condition.of.name);
    default:
      return isRowField(condition) && by.values.has(condition.name);
  }
}

function searchableFields(entity: Entity): ReadonlySet<string> {
  return new Set(entity.fields.filter(({ search }) => search === true).map(({ name }) => name));
}

function searchedFields(condition: Expression): readonly string[] {
  const here = condition.kind === "matches" && isRowField(condition.of) ? [condition.of.name] : [];
  return [...here, ...partsOf(condition).flatMap(searchedFields)];
}

const isRowField = (expression: Expression): expression is Extract<Expression, { kind: "field" }> =>
  expression.kind === "field" && isRow(expression.of);
const isRow = (expression: Expression): boolean => expression.kind === "variable" && expression.name === "row";
const namesRow = (expression: Expression): boolean => isRow(expression) || partsOf(expression).some(namesRow);
