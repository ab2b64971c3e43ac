import type { Deciding } from "../decide/deciding.ts";
import { chosenPlace, placeOf, stateOf, valueOf, type State } from "./state.ts";

/** Decisions that are undone by a migration: of data, of code, or of those who use it. All others are undone by a setting. */
const lasting = new Set([
  "placement",
  "framework",
  "client-sync",
  "database-class",
  "database",
  "shard-key",
  "tenancy",
  "fan-out",
  "broker",
  "sign-in",
  "encryption",
  "hosting",
  "regions",
  "cdn",
]);

export const isLasting = (rule: string): boolean => lasting.has(rule);

/**
 * How much hangs on a decision: by how much money and hours in a month the whole design would differ with the next best option, in money.
 * Decisions about single items are weighed only where they last and depart from the simplest option, and count as 0 otherwise.
 */
export function weightOf(state: State, deciding: Deciding): number {
  const { rule, proposal, choice } = deciding;
  const chosen = chosenPlace(state, deciding);
  if (choice.options.length < 2 || (proposal.about !== undefined && (chosen === 0 || !isLasting(rule.id)))) return 0;
  const other = stateOf(state.open, new Map([[placeOf(state.open, choice), runnerUp(state, deciding, chosen)]]));
  return Math.abs(scoreOf(other) - scoreOf(state));
}

/** What would be chosen if the chosen option were not there. */
function runnerUp(state: State, { options }: Deciding, chosen: number): number {
  const others = options.flatMap(({ violation, score }, place) =>
    place === chosen ? [] : [{ place, violation: valueOf(state, violation), score: valueOf(state, score) }],
  );
  others.sort((left, right) => left.violation - right.violation || left.score - right.score || left.place - right.place);
  return others[0]?.place ?? chosen;
}

/** Money and hours of a whole design, in money. */
export function scoreOf(state: State): number {
  const { totals, hourPrice } = state.open;
  return valueOf(state, totals.cost) + valueOf(state, hourPrice) * valueOf(state, totals.hours);
}
