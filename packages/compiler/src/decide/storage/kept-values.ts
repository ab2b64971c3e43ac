import { partsOf, type Entity, type Expression, type Field, type FieldOf, type Invariant } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { groupsOf } from "../../facts/groups.ts";
import { isChangeable, looksInto, namesField, rowUseOf, type RowUse } from "./row-use.ts";

/** Values of an entity that could be kept elsewhere, or not be kept at all. */
export interface KeptValues {
  readonly lists: readonly OwnedList[];
  readonly totals: readonly Total[];
  readonly copies: readonly Copy[];
}

export interface OwnedList {
  readonly field: FieldOf<"list">;
  readonly references: number;
  /** Whether something asks for rows by what is in the list. */
  readonly isSearched: boolean;
}

/** A field that an invariant says to follow from others of its row. */
export interface Total {
  readonly field: Field;
  /** The list that it sums up, where it does. */
  readonly over?: string;
  /** Whether rows are found or put in order by it. */
  readonly isSearched: boolean;
}

/** A field that is given the value of a field of another entity, as it is. */
export interface Copy {
  readonly field: Field;
  readonly from: Entity;
  readonly source: Field;
  /** Whether the source may change while the copy stays as it was. */
  readonly isSnapshot: boolean;
  /** Those who bring the copy up to date. */
  readonly followers: readonly string[];
}

export function keptValuesOf(facts: Facts): (entity: Entity) => KeptValues {
  const useOf = rowUseOf(facts);
  const { items } = facts;
  return (entity) => {
    const use = useOf(entity);
    const totals = new Map(
      entity.invariants.flatMap((invariant) => totalsOf(entity, invariant, use)).map((total) => [total.field.name, total]),
    );
    return {
      lists: entity.fields.flatMap((field) => (field.kind === "list" ? [listOf(field, use)] : [])),
      totals: [...totals.values()],
      copies: copiesOf(entity, use, (id) => items.entities.get(id)).filter(({ field }) => !totals.has(field.name)),
    };
  };
}

function listOf(field: FieldOf<"list">, { selections }: RowUse): OwnedList {
  return {
    field,
    references: field.fields.filter(({ kind }) => kind === "ref").length,
    isSearched: selections.some(({ condition }) => condition && looksInto(condition, field.name)),
  };
}

/** `total = Σ lines` or `net = gross − tax`: the field alone on one side, what it follows from on the other. */
function totalsOf(entity: Entity, { holds }: Invariant, { selections }: RowUse): readonly Total[] {
  if (holds.kind !== "compare" || holds.op !== "eq") return [];
  const { left, right } = holds;
  return [
    [left, right],
    [right, left],
  ].flatMap(([side, other]): readonly Total[] => {
    const field = entity.fields.find(({ name }) => side && isField(side, name));
    if (!field || !other || !reckonedKinds.has(other.kind)) return [];
    const over = entity.fields.find(({ kind, name }) => kind === "list" && looksInto(other, name))?.name;
    const isSearched = selections.some(
      ({ condition, sort }) => sort?.field === field.name || (condition && namesField(condition, field.name)),
    );
    return [{ field, ...(over !== undefined && { over }), isSearched }];
  });
}

const reckonedKinds = new Set<Expression["kind"]>(["sum", "count", "arithmetic"]);

const isField = (expression: Expression, name: string): boolean =>
  expression.kind === "field" && expression.name === name && partsOf(expression).every(({ kind }) => kind === "variable");

function copiesOf(entity: Entity, { steps }: RowUse, entityOf: (id: string) => Entity | undefined): readonly Copy[] {
  const given = steps.flatMap(({ item, step }) =>
    step.kind === "create" || step.kind === "update"
      ? Object.entries(step.values).map(([name, value]) => ({ item, name, value, isUpdate: step.kind === "update" }))
      : [],
  );
  return [...groupsOf(given, ({ name }) => name)].flatMap(([name, gifts]): readonly Copy[] => {
    const field = entity.fields.find((one) => one.name === name);
    const [taken] = gifts.flatMap(({ value }) => sourceOf(value, entity, entityOf));
    if (!field || !taken || !copiedKinds(taken.source)) return [];
    const followers = gifts.flatMap(({ item, isUpdate }) => (isUpdate ? [item] : []));
    return [{ field, ...taken, isSnapshot: isChangeable(taken.source) && followers.length === 0, followers }];
  });
}

function sourceOf(
  value: Expression,
  entity: Entity,
  entityOf: (id: string) => Entity | undefined,
): readonly { readonly from: Entity; readonly source: Field }[] {
  if (value.kind !== "field" || value.of.kind !== "variable" || value.of.type.kind !== "row") return [];
  const from = entityOf(value.of.type.entity);
  const source = from?.fields.find(({ name }) => name === value.name);
  return from && source && from.id !== entity.id ? [{ from, source }] : [];
}

/** A copied id is a reference, and that is what normalization leads to. */
const copiedKinds = ({ kind }: Field): boolean => kind !== "id" && kind !== "ref" && kind !== "list";
