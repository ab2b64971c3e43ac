import type { Field, Returns } from "@archwright/model";

/** A field and where it stands: `orders.Order.lines.price`. */
export interface PlacedField {
  readonly path: string;
  readonly field: Field;
}

/** The fields of a record and those inside its lists and records, outer ones first. */
export function nestedFields(fields: readonly Field[], path: string): readonly PlacedField[] {
  return fields.flatMap((field) => {
    const at = `${path}.${field.name}`;
    return [{ path: at, field }, ...("fields" in field ? nestedFields(field.fields, at) : [])];
  });
}

/** What an operation answers besides whole rows. */
export function returnedFields(returns: Returns, operation: string): readonly PlacedField[] {
  if (returns.kind === "record") return nestedFields(returns.fields, `${operation}.returns`);
  return returns.kind === "field" ? nestedFields([returns.field], `${operation}.returns`) : [];
}
