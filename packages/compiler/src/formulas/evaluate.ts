import type { Choice, Formula } from "./formula.ts";
import { codes, type Sheet } from "./sheet.ts";

/** What is different from what the formulas say: another answer to an input, another choice, or a fact that is known better. */
export type Changes = ReadonlyMap<number, number>;

const unchanged: Changes = new Map();

/** The value of every formula of a sheet, at its place. */
export function evaluate(sheet: Sheet, changes: Changes = unchanged): Float64Array {
  const values = new Float64Array(sheet.formulas.length);
  const isChanged = changes.size > 0;
  for (let place = 0; place < values.length; place += 1)
    values[place] = (isChanged ? changes.get(place) : undefined) ?? valueAt(sheet, values, place);
  return values;
}

/** Works out again what lies at these places, in their order, and leaves the rest as it is. */
export function reevaluate(sheet: Sheet, values: Float64Array, places: Int32Array, changes: Changes = unchanged): void {
  const isChanged = changes.size > 0;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] ?? 0;
    values[place] = (isChanged ? changes.get(place) : undefined) ?? valueAt(sheet, values, place);
  }
}

/** Reads its arguments where they lie, since a list of them for each formula would take most of the time. */
function valueAt(sheet: Sheet, values: Float64Array, place: number): number {
  const { places, starts } = sheet;
  const start = starts[place] ?? 0;
  const end = starts[place + 1] ?? 0;
  switch (sheet.codes[place]) {
    case codes.leaf:
      return sheet.leaves[place] ?? 0;
    case codes.named:
      return at(values, places, start);
    case codes.sum: {
      let total = 0;
      for (let argument = start; argument < end; argument += 1) total += at(values, places, argument);
      return defined(total);
    }
    case codes.product: {
      let total = 1;
      for (let argument = start; argument < end; argument += 1) total *= at(values, places, argument);
      return defined(total);
    }
    case codes.difference:
      return defined(at(values, places, start) - at(values, places, start + 1));
    case codes.quotient:
      return divided(at(values, places, start), at(values, places, start + 1));
    case codes.power:
      return powered(at(values, places, start), at(values, places, start + 1));
    case codes.least: {
      let result = at(values, places, start);
      for (let argument = start + 1; argument < end; argument += 1) result = Math.min(result, at(values, places, argument));
      return result;
    }
    case codes.greatest: {
      let result = at(values, places, start);
      for (let argument = start + 1; argument < end; argument += 1) result = Math.max(result, at(values, places, argument));
      return result;
    }
    case codes.ceiling:
      return ceilingOf(at(values, places, start));
    case codes["at most"]:
      return at(values, places, start) <= at(values, places, start + 1) ? 1 : 0;
    case codes.not:
      return at(values, places, start) === 0 ? 1 : 0;
    case codes.when:
      return at(values, places, at(values, places, start) === 0 ? start + 2 : start + 1);
    case codes.pick:
      return at(values, places, start + 1 + optionAt(at(values, places, start), end - start - 1));
    case codes.excess:
      return excessOf(at(values, places, start), at(values, places, start + 1));
    case codes.call:
      return appliedAt(sheet, values, place);
    default:
      return chosenAt(sheet, values, place);
  }
}

const at = (values: Float64Array, places: Int32Array, argument: number): number => values[places[argument] ?? 0] ?? 0;

/** Laws have two or three arguments, mostly: a list of them is made only for more. */
function appliedAt({ formulas, places, starts }: Sheet, values: Float64Array, place: number): number {
  const law = lawOf(formulas[place]);
  const start = starts[place] ?? 0;
  const end = starts[place + 1] ?? 0;
  if (end - start === 2) return law(at(values, places, start), at(values, places, start + 1));
  if (end - start === 3) return law(at(values, places, start), at(values, places, start + 1), at(values, places, start + 2));
  return law(...Array.from(places.subarray(start, end), (argument) => values[argument] ?? 0));
}

/** What has no value, such as nothing times the infinite, is nothing: so that one open end does not take all figures with it. */
export const defined = (value: number): number => (Number.isNaN(value) ? 0 : value);

export function divided(over: number, under: number): number {
  if (over === 0) return 0;
  if (under === 0) return over > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return defined(over / under);
}

/** A base below zero counts as zero; one to any power is one. */
export const powered = (base: number, exponent: number): number => (base === 1 ? 1 : Math.max(0, base) ** exponent);

/** Noise of floating point below a whole number is not one more of it. */
export const ceilingOf = (value: number): number =>
  Number.isFinite(value) ? Math.ceil(value - 1e-9 * Math.max(1, Math.abs(value))) : value;

/** A limit of nothing that is exceeded is exceeded by as much as there is, and once over. */
export function excessOf(value: number, limit: number): number {
  if (value <= limit) return 0;
  return Math.min(Number.MAX_SAFE_INTEGER, limit > 0 ? value / limit - 1 : 1 + value - limit);
}

/** The place of an option, whatever a what-if makes of it. */
export const optionAt = (value: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(value)));

export function lawOf(formula: Formula | undefined): (...of: number[]) => number {
  return formula?.kind === "call" ? formula.law.value : () => 0;
}

function chosenAt({ formulas, places, starts }: Sheet, values: Float64Array, place: number): number {
  const { options, pinned } = formulas[place] as Choice; // Its code is that of a choice.
  if (pinned !== undefined) return pinned;
  const violations = starts[place] ?? 0;
  const scores = violations + options.length;
  let best = 0;
  for (let option = 1; option < options.length; option += 1) {
    const violation = at(values, places, violations + option);
    const least = at(values, places, violations + best);
    if (violation > least) continue;
    if (violation < least || isLower(at(values, places, scores + option), at(values, places, scores + best))) best = option;
  }
  return best;
}

/** Noise of floating point makes no score the lower one. */
export const isLower = (score: number, than: number): boolean => score < floorOf(than);

const floorOf = (score: number): number => (Number.isFinite(score) ? score - 1e-9 * Math.abs(score) : score);
