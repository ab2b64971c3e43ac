import { filterFields, sortFields, type Entity } from "@archwright/model";
import { groupsOf } from "../../facts/groups.ts";
import { entityIndexes, type EntityIndex } from "../../facts/indexed-fields.ts";
import type { Facts } from "../../facts/facts.ts";
import { namesField, rowUseOf, type RowUse } from "./row-use.ts";

/** What the indexes of an entity are there for. */
export interface IndexUse {
  readonly all: readonly EntityIndex[];
  /** Those that only find rows: keys and unique values hold them to a rule besides. */
  readonly finding: readonly EntityIndex[];
  /** Those of them that nothing in the model asks for. */
  readonly idle: readonly EntityIndex[];
  /** Operations that read pages of it. */
  readonly pagers: readonly string[];
}

export function indexUseOf(facts: Facts): (entity: Entity) => IndexUse {
  const useOf = rowUseOf(facts);
  const pagersOf = groupsOf(
    facts.model.operations.filter(({ returns }) => returns.kind === "field" && returns.field.kind === "page"),
    ({ returns }) => (returns.kind === "field" && returns.field.kind === "page" ? returns.field.entity : ""),
  );
  return (entity) => {
    const use = useOf(entity);
    const all = entityIndexes(entity);
    const finding = all.filter(({ of }) => of === "value" || of === "words");
    const isIdle = (index: EntityIndex): boolean => !isAskedFor(index, entity, use) && !isCheckedBy(index, entity);
    return {
      all,
      finding,
      idle: isReadByCode(facts, entity) ? [] : finding.filter(isIdle),
      pagers: pagersOf.get(entity.id)?.map(({ id }) => id) ?? [],
    };
  };

  /** Whoever removes a row makes the database look for those that name it. */
  function isCheckedBy({ fields: [first] }: EntityIndex, { fields }: Entity): boolean {
    const named = fields.find(({ name }) => name === first);
    const target = named?.kind === "ref" ? facts.items.entities.get(named.entity) : undefined;
    if (!target) return false;
    return target.access.some(({ can }) => can.includes("delete")) || useOf(target).steps.some(({ step }) => step.kind === "remove");
  }
}

/** Code that is no data may ask for whatever it likes. */
function isReadByCode({ items, useOf }: Facts, { id }: Entity): boolean {
  return useOf(id).readers.some((by) => items.operations.get(by)?.implementation.kind === "handler");
}

function isAskedFor({ fields }: EntityIndex, entity: Entity, { selections }: RowUse): boolean {
  const isListed = entity.access.some(({ can }) => can.includes("list"));
  const listed = new Set(isListed ? [...filterFields(entity).map(({ name }) => name), ...sortFields(entity)] : []);
  return fields.every(
    (field) =>
      listed.has(field) ||
      selections.some(({ condition, sort }) => sort?.field === field || (condition !== undefined && namesField(condition, field))),
  );
}
