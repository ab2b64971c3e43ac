import type { Expression, Model, Sort, Step } from "@archwright/model";
import type { RecordedBody } from "./bodies.ts";

/** A place that selects rows by their values, or puts them in order. */
export interface Selection {
  readonly entity: string;
  /** The operation or job that selects, or the access rule: `orders.Order.access.0`. */
  readonly by: string;
  readonly use: "page" | "target" | "policy";
  readonly condition?: Expression;
  readonly sort?: Sort;
}

export function selectionsOf(model: Model, bodies: readonly RecordedBody[]): readonly Selection[] {
  const policies = model.entities.flatMap(({ id, access }) =>
    access.flatMap(({ where }, index): readonly Selection[] =>
      where ? [{ entity: id, by: `${id}.access.${index}`, use: "policy", condition: where }] : [],
    ),
  );
  return [...bodies.flatMap(({ item, steps }) => steps.flatMap((step) => selectionIn(step, item))), ...policies];
}

function selectionIn(step: Step, by: string): readonly Selection[] {
  if (step.kind === "page") {
    const { entity, where, sort } = step;
    return [{ entity, by, use: "page", ...(where && { condition: where }), ...(sort && { sort }) }];
  }
  if (!("target" in step) || step.target.kind === "id") return [];
  return [{ entity: step.entity, by, use: "target", condition: step.target.condition }];
}
