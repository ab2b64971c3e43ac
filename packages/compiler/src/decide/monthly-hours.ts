import { constant, type Input } from "../formulas/formula.ts";

/** What options of a rule cost in people's time: a constant for each. */
export function monthlyHours(
  rule: string,
  source = "to be calibrated by the team",
): (id: string, words: string, value: number, range: readonly [number, number]) => Input {
  return (id, words, value, range) => constant(`${rule}-${id}`, `hours in a month for ${words}`, value, "hours", "general", source, range);
}
