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
  const held: HeldField[] = [];
  const hold = (holder: HeldField["holder"], item: string, fields: readonly Field[], path: string): void =>
    eachField(fields, path, (at, field) => held.push({ path: at, field, holder, item }));
  for (const { id, fields } of entities) hold("entity", id, fields, id);
  for (const { id, fields } of events) hold("event", id, fields, id);
  for (const { id, input } of operations) hold("input", id, input, `${id}.input`);
  for (const { id, returns } of operations) hold("returns", id, returnedFields(returns), `${id}.returns`);
  return held;
}

/** The fields of a record and those inside its lists and records, outer ones first. */
export function nestedFields(fields: readonly Field[], path: string): readonly PlacedField[] {
  const nested: PlacedField[] = [];
  eachField(fields, path, (at, field) => nested.push({ path: at, field }));
  return nested;
}

function eachField(fields: readonly Field[], path: string, visit: (at: string, field: Field) => void): void {
  for (const field of fields) {
    const at = `${path}.${field.name}`;
    visit(at, field);
    if ("fields" in field) eachField(field.fields, at, visit);
  }
}

/** What an operation answers besides whole rows. */
function returnedFields(returns: Returns): readonly Field[] {
  if (returns.kind === "record") return returns.fields;
  return returns.kind === "field" ? [returns.field] : [];
}
