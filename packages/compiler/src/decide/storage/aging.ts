import { partsOf, type Entity, type Expression } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { namesField, rowUseOf, type RowUse } from "./row-use.ts";

/** How the rows of an entity come, age and go. */
export interface Aging {
  /** The field by whose age a job removes rows; else the first that says when a row was made and never changes. */
  readonly time?: string;
  /** Rows are removed when they are so old. */
  readonly removedAfterMs?: number;
  /** Unique fields besides the id. */
  readonly uniques: number;
  /** Whether whatever reads it names that time, as far as it is known. */
  readonly isReadByTime: boolean;
  /** Whether the model says how large it gets: by its rows, its age, or the load of whoever makes them. */
  readonly isSized: boolean;
}

export function agingOf(facts: Facts): (entity: Entity) => Aging {
  const { model, items } = facts;
  const useOf = rowUseOf(facts);
  const loaded = new Set(model.requirements.load.map(({ operation }) => operation));
  return (entity) => {
    const use = useOf(entity);
    const ages = use.steps.flatMap(({ item, step }) =>
      step.kind === "remove" && step.target.kind === "where" && items.jobs.has(item) ? agesIn(step.target.condition, entity) : [],
    );
    const [age] = ages;
    const time =
      age?.field ?? entity.fields.find((field) => field.kind === "time" && (field.now === true || field.readonly === true))?.name;
    const { creators, opaqueWriters } = facts.useOf(entity.id);
    return {
      ...(time !== undefined && { time }),
      ...(age && { removedAfterMs: age.ms }),
      uniques: entity.fields.filter(({ unique }) => unique === true).length,
      isReadByTime: time !== undefined && isReadBy(time, use, entity),
      isSized: entity.expected !== undefined || age !== undefined || [...creators, ...opaqueWriters].some((maker) => loaded.has(maker)),
    };
  };
}

/** Code that is no data is taken to name the time where an index has it. */
function isReadBy(time: string, { steps, selections }: RowUse, { indexes }: Entity): boolean {
  const pages = selections.filter(({ use }) => use === "page");
  if (steps.some(({ step }) => step.kind === "get")) return false;
  if (pages.length === 0) return indexes.some((fields) => fields.includes(time));
  return pages.every(({ condition, sort }) => sort?.field === time || (condition !== undefined && namesField(condition, time)));
}

interface Age {
  readonly field: string;
  readonly ms: number;
}

function agesIn(condition: Expression, entity: Entity): readonly Age[] {
  if (condition.kind !== "olderThan") return partsOf(condition).flatMap((part) => agesIn(part, entity));
  return entity.fields.filter(({ name }) => namesField(condition, name)).map(({ name }) => ({ field: name, ms: condition.ageMs }));
}
