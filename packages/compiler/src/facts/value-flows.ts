import type { Expression, Field, Step } from "@archwright/model";
import type { RecordedBody } from "./bodies.ts";
import { expressionFields } from "./expression-fields.ts";
import type { Items } from "./items.ts";

/** A body copies the value of a field into a field of another row or of an event. What handlers copy is not known. */
export interface ValueFlow {
  /** The operation or the job whose body does it. */
  readonly by: string;
  readonly from: Place;
  readonly to: Place;
}

interface Place {
  /** The id of the entity or the event. */
  readonly item: string;
  readonly field: Field;
}

export function valueFlowsOf(bodies: readonly RecordedBody[], items: Items): readonly ValueFlow[] {
  return bodies.flatMap(({ item, steps }) => steps.flatMap((step) => stepFlows(step, items).map((flow) => ({ by: item, ...flow }))));
}

function stepFlows(step: Step, items: Items): readonly Omit<ValueFlow, "by">[] {
  if (step.kind === "emit") return flowsInto(step.event, items.events.get(step.event)?.fields, step.payload, items);
  if (step.kind === "create" || step.kind === "update")
    return flowsInto(step.entity, items.entities.get(step.entity)?.fields, step.values, items);
  return [];
}

function flowsInto(
  item: string,
  fields: readonly Field[] = [],
  values: { readonly [field: string]: Expression },
  items: Items,
): readonly Omit<ValueFlow, "by">[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    if (!value || field.kind === "bool") return [];
    return expressionFields(value).flatMap((use) => {
      const from = items.entities.get(use.entity ?? "")?.fields.find(({ name }) => name === use.field);
      return from && use.entity !== undefined ? [{ from: { item: use.entity, field: from }, to: { item, field } }] : [];
    });
  });
}
