import type { Decision, Design, Flip } from "@archwright/model";
import { formatted } from "../formulas/words.ts";

/** "Becomes Kafka when peak rate of placeOrder rises to 240/s (+300 %; now 60/s)." */
export function tippingInWords(
  { facts, currency }: Pick<Design, "facts" | "currency">,
  { options }: Decision,
  { input, from, at, to }: Flip,
): string {
  const { words, unit } = facts[input] ?? { words: input, unit: "count" };
  const option = options.find(({ id }) => id === to)?.title ?? to;
  if (unit === "yes/no") return `Becomes ${option} ${at === 1 ? "if" : "unless"} ${words}.`;
  const [there, here] = [at, from].map((value) => formatted(value, unit, currency));
  const rises = at > from;
  // A promise that is just kept tips as soon as it is any higher.
  if (there === here) return `Becomes ${option} when ${words} ${rises ? "rises above" : "falls below"} ${here}.`;
  const change = from === 0 || unit === "share" ? "" : `${rises ? "+" : "−"}${formatted(Math.abs(at / from - 1), "share")}; `;
  return `Becomes ${option} when ${words} ${rises ? "rises to" : "falls to"} ${there} (${change}now ${here}).`;
}

/** The nearest tipping points, each option once, of numbers that somebody gave, could have given or counted. */
export function tippingPoints({ facts }: Pick<Design, "facts">, { flips }: Decision, most = 6): readonly Flip[] {
  const telling = flips.filter(({ input }) => rankOf(facts[input]?.ground?.kind) < kinds.length);
  const ranked = [...telling].sort((left, right) => rankOf(facts[left.input]?.ground?.kind) - rankOf(facts[right.input]?.ground?.kind));
  const seen = new Set<string>();
  const once = ranked.filter(({ input, to }) => !seen.has(`${input} ${to}`) && seen.add(`${input} ${to}`));
  return once.slice(0, most);
}

const kinds = ["unknown", "stated", "assumed", "counted"] as const;
const rankOf = (kind: string | undefined): number => {
  const rank = kinds.findIndex((one) => one === kind);
  return rank < 0 ? kinds.length : rank;
};
