import { partsOf, type Entity, type Expression, type Field } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { nestedFields } from "../../facts/nested-fields.ts";
import { rowUseOf } from "./row-use.ts";

/** What stands in the way of forgetting the people whom rows are about. */
export interface PersonalRows {
  readonly fields: readonly Field[];
  /** The shortest time for which one of them may be kept. */
  readonly keepMs: number;
  /** Fields of rows that stay, and that must name one of these rows. */
  readonly heldBy: readonly string[];
  /** Personal values by whose words or order rows are found. */
  readonly searched: readonly string[];
  /** Events that carry personal values of these rows. */
  readonly events: readonly string[];
}

/** Undefined where no field says that it is about a person. */
export function personalRowsOf(facts: Facts): (entity: Entity) => PersonalRows | undefined {
  const useOf = rowUseOf(facts);
  return (entity) => {
    const fields = nestedFields(entity.fields, entity.id).flatMap(({ field }) => (field.personal ? [field] : []));
    if (fields.length === 0) return undefined;
    const { referrers, selections } = useOf(entity);
    const conditions = selections.flatMap(({ condition }) => condition ?? []);
    const sorted = new Set(selections.map(({ sort }) => sort?.field));
    return {
      fields,
      keepMs: Math.min(...fields.map(({ personal }) => personal?.keepMs ?? Number.POSITIVE_INFINITY)),
      heldBy: referrers.filter((one) => staysBehind(one.entity, one.field)).map((one) => `${one.entity.name}.${one.field.name}`),
      searched: fields
        .filter(({ name, search }) => search === true || sorted.has(name) || conditions.some((condition) => looksAtWords(condition, name)))
        .map(({ name }) => name),
      events: [...new Set(facts.flows.filter(({ from }) => isOf(from, entity)).map(({ to }) => to.item))].filter((id) =>
        facts.items.events.has(id),
      ),
    };
  };
}

/** Rows about a person are forgotten with the person; what holds none, such as an order, is kept for the books. */
function staysBehind(entity: Entity, field: Field): boolean {
  return field.optional !== true && nestedFields(entity.fields, entity.id).every((inner) => inner.field.personal === undefined);
}

const isOf = (from: { readonly item: string; readonly field: Field }, { id }: Entity): boolean =>
  from.item === id && from.field.personal !== undefined;

/** An equal value can be found by a digest of it; a part of a value, or one that is more than another, cannot. */
function looksAtWords(condition: Expression, field: string): boolean {
  const isHere =
    (condition.kind === "matches" || condition.kind === "startsWith" || condition.kind === "olderThan") && isField(condition.of, field);
  const isOrdered =
    condition.kind === "compare" &&
    condition.op !== "eq" &&
    condition.op !== "ne" &&
    (isField(condition.left, field) || isField(condition.right, field));
  return isHere || isOrdered || partsOf(condition).some((part) => looksAtWords(part, field));
}

const isField = (expression: Expression, name: string): boolean => expression.kind === "field" && expression.name === name;
