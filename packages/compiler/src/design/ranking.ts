import type { Decision, Design, Fact, Flip } from "@archwright/model";
import { marginOf } from "./flips.ts";
import { isLasting } from "./weight.ts";

/**
 * Decisions, those that matter most first: by the money that hangs on them, by how near they are to tipping, and by what is hard to undo,
 * is not the simplest answer, or breaks a promise.
 */
export function rankedDecisions({ decisions, facts }: Pick<Design, "decisions" | "facts">): readonly Decision[] {
  const ranked = decisions.map((decision) => ({ decision, rank: rankOf(decision, facts) }));
  return ranked
    .filter(({ rank }) => rank > 0)
    .sort((left, right) => right.rank - left.rank)
    .map(({ decision }) => decision);
}

function rankOf(decision: Decision, facts: Design["facts"]): number {
  const { weight, options, rule } = decision;
  if (options.length < 2 || weight <= 0) return 0;
  const nearest = tellingFlip(decision, facts);
  const chosen = options.findIndex(({ verdict }) => verdict === "chosen");
  const isBroken = (options[chosen]?.broken.length ?? 0) > 0;
  return Math.log2(1 + weight) * closenessOf(nearest) * (isLasting(rule) ? 3 : 1) * (chosen > 0 ? 1.5 : 1) * (isBroken ? 3 : 1);
}

/** A promise that is exactly what something is sold with tips at once, and says little of the decision. */
function closenessOf(nearest: Flip | undefined): number {
  if (!nearest) return 0.5;
  const margin = marginOf(nearest);
  return margin < 0.001 ? 1 : Math.min(1.5, Math.max(0.5, 1 / (0.5 + margin)));
}

/** Of the tipping points the nearest that people can do something with: load, promises, people and money before what we assume ourselves. */
export function tellingFlip({ flips }: Decision, facts: Design["facts"]): Flip | undefined {
  const ofKinds = (...kinds: readonly (string | undefined)[]): Flip | undefined =>
    flips.find(({ input, at }) => kinds.includes(facts[input]?.ground?.kind) && isPlausible(facts[input], at));
  return ofKinds("unknown", "stated") ?? ofKinds("assumed") ?? ofKinds("counted");
}

/** What an hour is worth tips everything somewhere, and tells nobody anything; and of what is counted there is no part of one. */
const isPlausible = (fact: Fact | undefined, at: number): boolean =>
  fact?.words !== "what an hour of people's time is worth" && (fact?.ground?.kind !== "counted" || fact.unit === "yes/no" || at >= 1);
