import type { Figure } from "@archwright/model";
import type { Need } from "../decide/rule.ts";
import { formulaUnit } from "../formulas/units.ts";
import type { Formula, Unit } from "../formulas/formula.ts";
import type { Ranges } from "../formulas/ranges.ts";
import { placeOf, valueOf, type State } from "./state.ts";

/** A state with the ranges that the unknowns of the model leave to every number. */
export interface Ranged {
  readonly state: State;
  readonly ranges: Ranges;
}

export function figureOf({ state, ranges }: Ranged, formula: Formula, unit: Unit = formulaUnit(formula)): Figure {
  const value = valueOf(state, formula);
  const place = placeOf(state.open, formula);
  const low = Math.min(ranges.low[place] ?? value, value);
  const high = Math.max(ranges.high[place] ?? value, value);
  const isOpen = Math.abs(high - low) > 1e-9 * Math.max(Math.abs(high), 1e-9);
  return { value: rounded(value), ...(isOpen && { low: rounded(low), high: rounded(high) }), unit };
}

/** Both sides of a need are counted alike: a limit that is a bare number is one of what it limits. */
export function sharedUnit({ left, right }: Pick<Need, "left" | "right">): Unit {
  const [ofLeft, ofRight] = [formulaUnit(left), formulaUnit(right)];
  return ofLeft === "count" && left.kind === "exact" ? ofRight : ofLeft;
}

/** Six digits: more of them would be noise of floating point, and differ between machines. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value > 0 ? Number.MAX_SAFE_INTEGER : 0;
}
