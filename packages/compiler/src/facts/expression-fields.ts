import { partsOf, type Expression } from "@archwright/model";

/** A field that an expression names: `row.address.street` is the field `address` of `row`. */
export interface FieldUse {
  readonly variable: string;
  /** The entity of the variable, where it is a row. */
  readonly entity?: string;
  readonly field: string;
}

/** Every field that an expression names, each once. */
export function expressionFields(expression: Expression): readonly FieldUse[] {
  const found = new Map<string, FieldUse>();
  const visit = (inner: Expression): void => {
    const use = fieldUse(inner);
    if (use) found.set(`${use.variable}.${use.field}`, use);
    partsOf(inner).forEach(visit);
  };
  visit(expression);
  return [...found.values()];
}

/** The names of the fields of the row in question. */
export function rowFields(condition: Expression): readonly string[] {
  return expressionFields(condition)
    .filter(({ variable }) => variable === "row")
    .map(({ field }) => field);
}

function fieldUse(expression: Expression): FieldUse | undefined {
  if (expression.kind !== "field" || expression.of.kind !== "variable") return undefined;
  const { name: variable, type } = expression.of;
  return { variable, ...(type.kind === "row" && { entity: type.entity }), field: expression.name };
}
