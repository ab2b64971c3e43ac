import { evaluate } from "./evaluate.ts";
import {
  atMost,
  call,
  ceiling,
  constant,
  difference,
  exact,
  excess,
  greatest,
  least,
  named,
  not,
  pick,
  power,
  product,
  quotient,
  sum,
  when,
  zero,
  type Choice,
  type Formula,
  type Input,
} from "./formula.ts";
import { waitP99 } from "./laws.ts";
import { sheetOf, type Sheet } from "./sheet.ts";

/** What a single formula is worth. */
export function valueOf(formula: Formula): number {
  const sheet = sheetOf([formula]);
  return evaluate(sheet)[placeIn(sheet, formula)] ?? Number.NaN;
}

/** @throws Error if the formula is not on the sheet. */
export function placeIn(sheet: Sheet, formula: Formula): number {
  const place = sheet.placeOf.get(formula);
  if (place === undefined) throw new Error("The formula is not on the sheet.");
  return place;
}

export const input = (id: string, value: number, range?: readonly [number, number]): Input =>
  constant(id, id, value, "count", "general", "a test", range);

export const choiceOf = (violations: readonly Formula[], scores: readonly Formula[], pinned?: number): Choice => ({
  kind: "choice",
  id: "choice",
  options: scores.map((_, option) => `option ${option}`),
  of: [...violations, ...scores],
  ...(pinned !== undefined && { pinned }),
});

/** Formulas of every kind, each made of earlier ones, over inputs with ranges. */
export interface Web {
  readonly inputs: readonly Input[];
  readonly formulas: readonly Formula[];
}

type Parts = readonly [Formula, Formula, Formula, Formula];

const makers = [
  ([a, b, c]: Parts) => sum(a, b, c),
  ([a, b, c]: Parts) => product(a, b, c),
  ([a, b]: Parts) => difference(a, b),
  ([a, b]: Parts) => quotient(a, b),
  ([a, b]: Parts) => power(a, b),
  ([a, b, c]: Parts) => least(a, b, c),
  ([a, b, c]: Parts) => greatest(a, b, c),
  ([a]: Parts) => ceiling(a),
  ([a, b]: Parts) => atMost(a, b),
  ([a]: Parts) => not(a),
  ([a, b, c, d]: Parts) => when(atMost(a, b), c, d),
  ([a, b, c]: Parts) => when(a, b, c),
  ([a, b]: Parts) => excess(a, b),
  ([a]: Parts) => named("fact", "a fact", "count", a),
  ([a, b, c]: Parts) => call(waitP99, greatest(zero, a), least(exact(30), b), greatest(zero, c)),
  ([a, b, c, d]: Parts) => pick(choiceOf([excess(a, b), excess(b, a), excess(c, d)], [a, b, d]), [b, c, d]),
  ([a, b, c, d]: Parts) => choiceOf([zero, zero, excess(a, b)], [c, d, a]),
  ([a, b, c, d]: Parts) => pick(choiceOf([zero, zero, zero], [a, b, c], 2), [d, c, a]),
  ([a, b, c]: Parts) => pick(a, [b, c]),
];

/**
 * A web that numbers spell: two for the range of each of six inputs, then five for each formula. Equal numbers spell equal webs.
 *
 * @param spelling Finite, of any size and sign.
 */
export function webOf(spelling: readonly number[]): Web {
  const inputs = [0, 2, 4, 6, 8, 10].map((at, index) => {
    const [one = 0, other = 0] = [spelling[at], spelling[at + 1]];
    const range = [Math.min(one, other), Math.max(one, other)] as const;
    return input(`input-${index}`, range[0], range);
  });
  const formulas: Formula[] = [...inputs];
  for (let at = 12; at + 5 <= spelling.length; at += 5) {
    const [maker = 0, ...parts] = spelling.slice(at, at + 5).map((number) => Math.floor(Math.abs(number)));
    const [a = zero, b = zero, c = zero, d = zero] = parts.map((part) => formulas[part % formulas.length]);
    formulas.push(makers[maker % makers.length]?.([a, b, c, d]) ?? zero);
  }
  return { inputs, formulas };
}

/**
 * A value for each input, by its place.
 *
 * @param shares How far up its range each lies, from 0 to 1.
 */
export function pointOf({ inputs }: Web, sheet: Sheet, shares: readonly number[]): ReadonlyMap<number, number> {
  return new Map(
    inputs
      .filter((one) => sheet.placeOf.has(one))
      .map((one, index) => {
        const [low, high] = one.range ?? [one.value, one.value];
        return [placeIn(sheet, one), Math.min(high, low + (high - low) * (shares[index] ?? 0))];
      }),
  );
}
