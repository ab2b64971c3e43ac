import type { Deciding, Undecided } from "../decide/deciding.ts";
import { evaluate, type Changes } from "../formulas/evaluate.ts";
import type { Formula, Input } from "../formulas/formula.ts";

/** The formulas of a model with the values that they have under some answers. */
export interface State {
  readonly open: Undecided;
  readonly values: Float64Array;
}

/** @param changes Other answers, by the places of the formulas. */
export const stateOf = (open: Undecided, changes?: Changes): State => ({ open, values: evaluate(open.sheet, changes) });

export function placeOf({ sheet }: Undecided, formula: Formula): number {
  const place = sheet.placeOf.get(formula);
  if (place === undefined) throw new Error("This formula is not in the sheet: it must be among its roots.");
  return place;
}

export const valueOf = ({ open, values }: State, formula: Formula): number => values[placeOf(open, formula)] ?? Number.NaN;

/** The place of the chosen option among the options. */
export const chosenPlace = (state: State, { choice }: Deciding): number => valueOf(state, choice);

export function chosenOf(state: State, deciding: Deciding): Deciding["options"][number] {
  const chosen = deciding.options[chosenPlace(state, deciding)];
  if (!chosen) throw new Error(`The decision ${deciding.id} has no options.`);
  return chosen;
}

/** Every input of a sheet with its place. */
export function inputsOf({ sheet }: Undecided): readonly { readonly input: Input; readonly place: number }[] {
  return sheet.formulas.flatMap((input, place) => (input.kind === "input" ? [{ input, place }] : []));
}

/** What of a model, and not of the world, a design can be asked with other values of. */
export const isAnswerable = ({ ground }: Input): boolean => ground.kind !== "constant" && ground.kind !== "price";
