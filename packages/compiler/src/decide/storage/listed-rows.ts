import type { Entity } from "@archwright/model";
import { constant, greatest, least, named, one, product, quotient, type Formula } from "../../formulas/formula.ts";
import { oncePerEntity } from "../once-per-model.ts";
import type { Brief } from "../rule.ts";
import { rowUseOf } from "./row-use.ts";

/** Whose lists of an entity get how long. */
export interface ListedRows {
  /** Whether rows are listed at all: at the routes of the entity, or by a query that answers pages. */
  readonly isListed: boolean;
  /** Whether somebody's list is all of them. */
  readonly isWhole: boolean;
  /** Of the longest list, at the end of the horizon. */
  readonly longest: Formula;
}

const mostOverMean = constant(
  "listed-most",
  "rows of the owner who has most, over those of the average one",
  20,
  "count",
  "general",
  "to be measured; of followers it is a million",
  [3, 1_000],
);

export const listedRowsOf = oncePerEntity(newListedRowsOf);

function newListedRowsOf(brief: Brief): (entity: Entity) => ListedRows {
  const { facts, quantities } = brief;
  const { volume } = quantities;
  const useOf = rowUseOf(facts);
  const actors = new Set(facts.model.roles.map(({ actor }) => actor));
  const paged = new Set(
    facts.model.operations.flatMap(({ returns }) =>
      returns.kind === "field" && returns.field.kind === "page" ? [returns.field.entity] : [],
    ),
  );
  return (entity) => {
    const { isListedWhole, isPrivate } = useOf(entity);
    const isWhole = isListedWhole || (paged.has(entity.id) && !isPrivate);
    return {
      isListed: paged.has(entity.id) || entity.access.some(({ can }) => can.includes("list")),
      isWhole,
      longest: named(`${entity.id}.longest-list`, `rows of the longest list of ${entity.name}`, "rows", longestOf(entity, isWhole)),
    };
  };

  function longestOf({ id, fields }: Entity, isWhole: boolean): Formula {
    const rows = volume.rowsAtHorizonOf(id);
    if (isWhole) return rows;
    const most = volume.mostOf(id);
    if (most) return least(rows, most);
    const owner = fields.find((field) => field.kind === "ref" && actors.has(field.entity));
    if (owner?.kind !== "ref") return rows;
    return least(rows, product(quotient(rows, greatest(one, volume.rowsAtHorizonOf(owner.entity))), mostOverMean));
  }
}
