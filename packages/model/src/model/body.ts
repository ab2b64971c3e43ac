import type { Expression } from "../expressions/expression.ts";

/** The recorded body of an operation: steps in order, each of which may name its result for the later ones. */
export interface Body {
  readonly steps: readonly Step[];
  /** What the operation answers, over the variables of the steps. */
  readonly result?: Expression;
}

/** One row by its id, or every row for which a condition holds (over the variable `row`). */
export type Target = { readonly kind: "id"; readonly id: Expression } | { readonly kind: "where"; readonly condition: Expression };

export type Values = { readonly [field: string]: Expression };

export type Step =
  | { readonly kind: "get"; readonly as: string; readonly entity: string; readonly id: Expression }
  | {
      readonly kind: "page";
      readonly as: string;
      readonly entity: string;
      readonly where?: Expression;
      readonly sort?: Sort;
      readonly limit?: number;
    }
  /** `otherwise` is the name of a declared error. */
  | { readonly kind: "require"; readonly condition: Expression; readonly otherwise: string }
  | { readonly kind: "create"; readonly as: string; readonly entity: string; readonly values: Values }
  | { readonly kind: "update"; readonly as: string; readonly entity: string; readonly target: Target; readonly values: Values }
  | {
      readonly kind: "transition";
      readonly as: string;
      readonly entity: string;
      readonly target: Target;
      readonly to: { readonly [field: string]: string };
      readonly otherwise?: string;
    }
  /** Adds to or takes from numbers, within the fields' own `min` and `max`. */
  | {
      readonly kind: "change";
      readonly as: string;
      readonly entity: string;
      readonly target: Target;
      readonly direction: "increase" | "decrease";
      readonly by: Values;
      readonly otherwise?: string;
    }
  | { readonly kind: "remove"; readonly entity: string; readonly target: Target }
  /** Runs the steps once for each item; `as` is then the list of the results. */
  | {
      readonly kind: "each";
      readonly as: string;
      readonly list: Expression;
      readonly item: string;
      readonly steps: readonly Step[];
      readonly result?: Expression;
    }
  | { readonly kind: "atomic"; readonly as: string; readonly operation: string; readonly input: Values }
  | { readonly kind: "emit"; readonly event: string; readonly payload: Values };

export type StepKind = Step["kind"];

export interface Sort {
  readonly field: string;
  readonly descending?: true;
}
