import type { Field, Model, Returns } from "@archwright/model";

/** A field and where it stands: `orders.Order.lines.price`. */
export interface PlacedField {
  readonly path: string;
  readonly field: Field;
}

/** A field of an item of ours, and what it is there for. */
export interface HeldField extends PlacedField {
  readonly holder: "entity" | "event" | "input" | "returns";
  /** The id of the entity, the event or the operation. */
  readonly item: string;
}

/** Every field of the entities, the events and the operations, those inside lists and records included. */
export function heldFields({ entities, events, operations }: Model): readonly HeldField[] {
  const held = (placed: readonly PlacedField[], holder: HeldField["holder"], item: string): readonly HeldField[] =>
    placed.map(({ path, field }) => ({ path, field, holder, item }));
  return [
    ...entities.flatMap(({ id, fields }) => held(nestedFields(fields, id), "entity", id)),
    ...events.flatMap(({ id, fields }) => held(nestedFields(fields, id), "event", id)),
    ...operations.flatMap(({ id, input }) => held(nestedFields(input, `${id}.input`), "input", id)),
    ...operations.flatMap(({ id, returns }) => held(nestedFields(returnedFields(returns), `${id}.returns`), "returns", id)),
  ];
}

/** The fields of a record and those inside its lists and records, outer ones first. */
export function nestedFields(fields: readonly Field[], path: string): readonly PlacedField[] {
  return fields.flatMap((field) => {
    const at = `${path}.${field.name}`;
    return [{ path: at, field }, ...("fields" in field ? nestedFields(field.fields, at) : [])];
  });
}

/** What an operation answers besides whole rows. */
function returnedFields(returns: Returns): readonly Field[] {
  if (returns.kind === "record") return returns.fields;
  return returns.kind === "field" ? [returns.field] : [];
}
