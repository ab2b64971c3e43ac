import { designVersion, type Decision, type Design, type Flip } from "@archwright/model";
import type { Undecided } from "../decide/deciding.ts";
import type { Changes } from "../formulas/evaluate.ts";
import { rangesOf } from "../formulas/ranges.ts";
import { billOf } from "./bill.ts";
import { decisionOf, type Told } from "./decision.ts";
import { factsTold } from "./fact.ts";
import type { Ranged } from "./figures.ts";
import { flipsOf } from "./flips.ts";
import { limitsOf } from "./limits.ts";
import { questionsOf, swaysOf } from "./questions.ts";
import { inputsOf, stateOf } from "./state.ts";

/** What of a design is worth the time. */
export interface Asked {
  /** Other answers than the model's, by the places of the formulas. */
  readonly changes?: Changes;
  /** The tipping points take by far the most time. */
  readonly flips?: boolean;
  /** Told how many numbers have been tried for tipping points, for whoever waits. */
  readonly onTried?: (done: number, total: number) => void;
}

/** Everything that follows from a model, as data. */
export function designOf(open: Undecided, { changes, flips = true, onTried }: Asked = {}): Design {
  const state = stateOf(open, changes);
  const unknown = new Set(inputsOf(open).flatMap(({ input, place }) => (input.ground.kind === "unknown" ? [place] : [])));
  const ranged: Ranged = { state, ranges: rangesOf(open.sheet, changes, (place) => unknown.has(place)) };
  const sways = swaysOf(state);
  const told: Told = { ranged, sways, flips: flips ? flipsOf(state, undefined, undefined, onTried) : new Map<string, readonly Flip[]>() };
  const decisions: readonly Decision[] = open.decisions.map((deciding) => decisionOf(told, deciding));
  return {
    version: designVersion,
    system: open.model.name,
    currency: open.currency,
    decisions,
    questions: questionsOf(state, sways),
    bill: billOf(ranged),
    limits: limitsOf(ranged),
    facts: factsTold(ranged),
  };
}
