import type { Expression, ExpressionKind } from "./expression.ts";

/** The node of one kind. */
export type NodeOf<K extends ExpressionKind, E extends Expression = Expression> = E extends unknown
  ? K extends E["kind"]
    ? E
    : never
  : never;

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

/** Whether an expression names one of the variables. */
export function mentions(expression: Expression, variables: ReadonlySet<string>): boolean {
  if (expression.kind === "variable") return variables.has(expression.name);
  return partsOf(expression).some((part) => mentions(part, variables));
}
