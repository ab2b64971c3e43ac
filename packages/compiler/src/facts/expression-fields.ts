import type { Expression } from "@archwright/model";

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

/** The expressions that an expression is made of, one level deep. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "variable":
    case "hasRole":
      return [];
    case "compare":
    case "arithmetic":
      return [expression.left, expression.right];
    case "and":
      return expression.all;
    case "or":
      return expression.any;
    case "startsWith":
      return [expression.of, expression.prefix];
    case "matches":
      return [expression.of, expression.words];
    case "sum":
      return [expression.of, expression.each];
    case "every":
    case "some":
      return [expression.of, expression.holds];
    case "record":
      return Object.values(expression.fields);
    default:
      return [expression.of];
  }
}

function fieldUse(expression: Expression): FieldUse | undefined {
  if (expression.kind !== "field" || expression.of.kind !== "variable") return undefined;
  const { name: variable, type } = expression.of;
  return { variable, ...(type.kind === "row" && { entity: type.entity }), field: expression.name };
}
