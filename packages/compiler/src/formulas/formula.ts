import type { Unit } from "@archwright/model";

export type { Unit } from "@archwright/model";

/**
 * A number with its reckoning. Facts, decisions and bills are formulas over inputs, kept as data: whoever holds one can work out its value,
 * carry ranges through it, say it in words, and ask where it changes.
 */
export type Formula = Input | Exact | Named | Computed | Call | Choice;

/** Where a number that nobody reckoned comes from. */
export type Ground =
  /** The model says it, at the origin of this path. */
  | { readonly kind: "stated"; readonly path: string }
  /** The model asks for it. */
  | { readonly kind: "unknown"; readonly path: string; readonly ask: string }
  /** The model is silent: this is what we reckon with until somebody answers. */
  | { readonly kind: "assumed"; readonly ask: string; readonly because: string }
  /** Counted in the model. */
  | { readonly kind: "counted"; readonly path: string }
  | { readonly kind: "constant"; readonly evidence: Evidence; readonly source: string }
  | { readonly kind: "price"; readonly source: string; readonly dated: string };

/** Measured by us, read in the named source, or general knowledge that is a default to calibrate. */
export type Evidence = "measured" | "sourced" | "general";

export interface Input {
  readonly kind: "input";
  readonly id: string;
  readonly words: string;
  readonly unit: Unit;
  readonly value: number;
  readonly range?: readonly [low: number, high: number];
  readonly ground: Ground;
}

/** A number by definition, such as the milliseconds of a second: no one can answer it differently. */
export interface Exact {
  readonly kind: "exact";
  readonly value: number;
}

/** A formula that has a name of its own: a fact. */
export interface Named {
  readonly kind: "named";
  readonly id: string;
  readonly words: string;
  readonly unit: Unit;
  readonly of: readonly [Formula];
}

export type Operator =
  | "sum"
  | "product"
  | "difference"
  | "quotient"
  | "power"
  | "least"
  | "greatest"
  | "ceiling"
  | "at most"
  | "not"
  | "when"
  | "pick"
  | "excess";

export interface Computed {
  readonly kind: "computed";
  readonly operator: Operator;
  readonly of: readonly Formula[];
}

/** A law with a name, such as Erlang's: monotone in each of its arguments, which is what ranges are carried through by. */
export interface Law {
  readonly name: string;
  readonly source: string;
  readonly directions: readonly ("up" | "down")[];
  readonly value: (...of: number[]) => number;
}

export interface Call {
  readonly kind: "call";
  readonly law: Law;
  readonly of: readonly Formula[];
}

/** The place of the option that is chosen: the one whose needs are least violated, and of these the one with the lowest score. */
export interface Choice {
  readonly kind: "choice";
  readonly id: string;
  readonly options: readonly string[];
  /** The violations of all options, then their scores. */
  readonly of: readonly Formula[];
  readonly pinned?: number;
}

export const exact = (value: number): Exact => ({ kind: "exact", value });
export const zero = exact(0);
export const one = exact(1);

export const named = (id: string, words: string, unit: Unit, formula: Formula): Named => ({
  kind: "named",
  id,
  words,
  unit,
  of: [formula],
});

export const constant = (
  id: string,
  words: string,
  value: number,
  unit: Unit,
  evidence: Evidence,
  source: string,
  range?: readonly [number, number],
): Input => ({
  kind: "input",
  id: `constant.${id}`,
  words,
  unit,
  value,
  ...(range && { range }),
  ground: { kind: "constant", evidence, source },
});

const computed =
  (operator: Operator) =>
  (...of: readonly Formula[]): Computed => ({ kind: "computed", operator, of });

export const product = computed("product");
export const least = computed("least");
export const greatest = computed("greatest");
export const sum = (...of: readonly Formula[]): Formula =>
  of.length === 0 ? zero : of.length === 1 ? (of[0] ?? zero) : computed("sum")(...of);
export const difference = (from: Formula, less: Formula): Formula => computed("difference")(from, less);
/** A quotient by zero is infinite, and nothing by zero is zero. */
export const quotient = (over: Formula, under: Formula): Formula => computed("quotient")(over, under);
/** The base is positive. */
export const power = (base: Formula, exponent: Formula): Formula => computed("power")(base, exponent);
export const ceiling = (of: Formula): Formula => computed("ceiling")(of);
/** 1 or 0. */
export const atMost = (left: Formula, right: Formula): Formula => computed("at most")(left, right);
export const not = (of: Formula): Formula => computed("not")(of);
/** All of them, as 1 or 0. */
export const and = (...of: readonly Formula[]): Formula => least(...of);
export const or = (...of: readonly Formula[]): Formula => greatest(...of);
export const when = (condition: Formula, then: Formula, otherwise: Formula): Formula => computed("when")(condition, then, otherwise);
/** The value that belongs to what was chosen, one for each option. */
export const pick = (choice: Formula, values: readonly Formula[]): Formula => computed("pick")(choice, ...values);
/** By which share a limit is exceeded: 0 within it. */
export const excess = (of: Formula, limit: Formula): Formula => computed("excess")(of, limit);
export const call = (law: Law, ...of: readonly Formula[]): Call => ({ kind: "call", law, of });
/** Whether this option is the one that is chosen, as 1 or 0. */
export const isChosen = (choice: Choice, option: string): Formula =>
  pick(
    choice,
    choice.options.map((id) => (id === option ? one : zero)),
  );
