import { ceilingOf, defined, divided, excessOf, isLower, lawOf, optionAt, powered, type Changes } from "./evaluate.ts";
import type { Choice } from "./formula.ts";
import { codes, type Sheet } from "./sheet.ts";

/** Between which two values every formula lies, at its place, while the unknowns lie anywhere in their ranges. */
export interface Ranges {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Interval arithmetic. The bounds are safe and may be wider than need be: two formulas that share an unknown are taken as free of each other.
 * A choice that is open between several options stands as the span of their places, and what is picked by it as the hull of their values.
 *
 * @param isOpen Which inputs are taken with their whole range; the others count with their value.
 */
export function rangesOf(sheet: Sheet, changes: Changes = new Map(), isOpen: (place: number) => boolean = () => true): Ranges {
  const count = sheet.formulas.length;
  const ranges: Ranges = { low: new Float64Array(count), high: new Float64Array(count) };
  for (let place = 0; place < count; place += 1) {
    const changed = changes.get(place);
    if (changed === undefined) reach(sheet, ranges, place, isOpen);
    else span(ranges, place, changed, changed);
  }
  return ranges;
}

/** Writes down between what a formula lies. Its arguments are read where they lie, as `evaluate` does and for the same reason. */
function reach(sheet: Sheet, ranges: Ranges, place: number, isOpen: (place: number) => boolean): void {
  const { low, high } = ranges;
  const start = sheet.starts[place] ?? 0;
  const end = sheet.starts[place + 1] ?? 0;
  const first = start < end ? (sheet.places[start] ?? 0) : place;
  const second = start + 1 < end ? (sheet.places[start + 1] ?? 0) : first;
  const [firstLow, firstHigh] = [low[first] ?? 0, high[first] ?? 0];
  const [secondLow, secondHigh] = [low[second] ?? 0, high[second] ?? 0];
  switch (sheet.codes[place]) {
    case codes.leaf:
      return reachOfLeaf(sheet, ranges, place, isOpen);
    case codes.named:
      return span(ranges, place, firstLow, firstHigh);
    case codes.sum:
      return span(ranges, place, total(sheet, low, start, end), total(sheet, high, start, end));
    case codes.product:
      return reachOfProduct(sheet, ranges, place);
    case codes.difference:
      return span(ranges, place, defined(firstLow - secondHigh), defined(firstHigh - secondLow));
    case codes.quotient:
      if (secondLow < 0 && secondHigh >= 0) return reachOfOpenQuotient(ranges, place, firstLow, firstHigh);
      return hull(ranges, place, divided, firstLow, firstHigh, secondLow, secondHigh);
    case codes.power:
      return hull(ranges, place, powered, firstLow, firstHigh, secondLow, secondHigh);
    case codes.least:
      return span(ranges, place, extreme(sheet, low, place, Math.min), extreme(sheet, high, place, Math.min));
    case codes.greatest:
      return span(ranges, place, extreme(sheet, low, place, Math.max), extreme(sheet, high, place, Math.max));
    case codes.ceiling:
      return span(ranges, place, ceilingOf(firstLow), ceilingOf(firstHigh));
    case codes["at most"]:
      return span(ranges, place, firstHigh <= secondLow ? 1 : 0, firstLow <= secondHigh ? 1 : 0);
    case codes.not:
      return span(ranges, place, firstLow === 0 && firstHigh === 0 ? 1 : 0, firstLow <= 0 && firstHigh >= 0 ? 1 : 0);
    case codes.when: {
      const mayBeYes = firstLow !== 0 || firstHigh !== 0;
      const mayBeNo = firstLow <= 0 && firstHigh >= 0;
      return union(sheet, ranges, place, mayBeYes ? 1 : 2, mayBeNo ? 2 : 1);
    }
    case codes.pick: {
      const count = end - start - 1;
      return union(sheet, ranges, place, 1 + optionAt(firstLow, count), 1 + optionAt(firstHigh, count));
    }
    case codes.excess:
      return reachOfExcess(ranges, place, firstLow, firstHigh, secondLow, secondHigh);
    case codes.call:
      return reachOfCall(sheet, ranges, place);
    default:
      return reachOfChoice(sheet, ranges, place);
  }
}

function span({ low, high }: Ranges, place: number, from: number, until: number): void {
  low[place] = from;
  high[place] = until;
}

function reachOfLeaf(sheet: Sheet, ranges: Ranges, place: number, isOpen: (place: number) => boolean): void {
  const formula = sheet.formulas[place];
  const value = sheet.leaves[place] ?? 0;
  if (formula?.kind === "input" && formula.range && isOpen(place)) span(ranges, place, formula.range[0], formula.range[1]);
  else span(ranges, place, value, value);
}

function total({ places }: Sheet, bounds: Float64Array, start: number, end: number): number {
  let result = 0;
  for (let argument = start; argument < end; argument += 1) result += bounds[places[argument] ?? 0] ?? 0;
  return defined(result);
}

function extreme({ places, starts }: Sheet, bounds: Float64Array, place: number, of: (left: number, right: number) => number): number {
  const start = starts[place] ?? 0;
  const end = starts[place + 1] ?? 0;
  let result = bounds[places[start] ?? 0] ?? 0;
  for (let argument = start + 1; argument < end; argument += 1) result = of(result, bounds[places[argument] ?? 0] ?? 0);
  return result;
}

const times = (left: number, right: number): number => defined(left * right);

function reachOfProduct({ places, starts }: Sheet, ranges: Ranges, place: number): void {
  const { low, high } = ranges;
  const end = starts[place + 1] ?? 0;
  span(ranges, place, 1, 1);
  for (let argument = starts[place] ?? 0; argument < end; argument += 1) {
    const factor = places[argument] ?? 0;
    hull(ranges, place, times, low[place] ?? 0, high[place] ?? 0, low[factor] ?? 0, high[factor] ?? 0);
  }
}

/** Of what rises or falls throughout in each of its two arguments, the bounds are among the values at their ends. */
function hull(
  ranges: Ranges,
  place: number,
  of: (left: number, right: number) => number,
  leftLow: number,
  leftHigh: number,
  rightLow: number,
  rightHigh: number,
): void {
  const [one, two] = [of(leftLow, rightLow), of(leftLow, rightHigh)];
  const [three, four] = [of(leftHigh, rightLow), of(leftHigh, rightHigh)];
  span(ranges, place, Math.min(one, two, three, four), Math.max(one, two, three, four));
}

/** Whatever is divided by what may be as close to zero as it likes, on either side, can be anything. */
function reachOfOpenQuotient(ranges: Ranges, place: number, overLow: number, overHigh: number): void {
  if (overLow === 0 && overHigh === 0) span(ranges, place, 0, 0);
  else span(ranges, place, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}

/** The arguments of the formula from one to another. */
function union({ places, starts }: Sheet, ranges: Ranges, place: number, from: number, until: number): void {
  const start = starts[place] ?? 0;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let argument = start + from; argument <= start + until; argument += 1) {
    least = Math.min(least, ranges.low[places[argument] ?? 0] ?? 0);
    most = Math.max(most, ranges.high[places[argument] ?? 0] ?? 0);
  }
  span(ranges, place, least, most);
}

/** Just above a limit of zero every excess is huge, and at zero it is not: a limit that may be both has bounds beyond those at its ends. */
function reachOfExcess(ranges: Ranges, place: number, valueLow: number, valueHigh: number, limitLow: number, limitHigh: number): void {
  const isAcross = limitLow <= 0 && limitHigh > 0;
  const least = excessOf(valueLow, limitHigh);
  const most = excessOf(valueHigh, limitLow);
  span(
    ranges,
    place,
    isAcross ? Math.min(least, excessOf(valueLow, 0)) : least,
    isAcross && valueHigh > 0 ? Number.MAX_SAFE_INTEGER : most,
  );
}

function reachOfCall({ formulas, places, starts }: Sheet, ranges: Ranges, place: number): void {
  const formula = formulas[place];
  const law = lawOf(formula);
  const directions = formula?.kind === "call" ? formula.law.directions : [];
  const boundsOf = (down: Float64Array, up: Float64Array): readonly number[] =>
    Array.from(places.subarray(starts[place], starts[place + 1]), (from, index) => (directions[index] === "down" ? down : up)[from] ?? 0);
  span(ranges, place, law(...boundsOf(ranges.high, ranges.low)), law(...boundsOf(ranges.low, ranges.high)));
}

/** An option can be chosen unless another is better wherever the two lie in their ranges. */
function reachOfChoice({ formulas, places, starts }: Sheet, ranges: Ranges, place: number): void {
  const { options, pinned } = formulas[place] as Choice; // Its code is that of a choice.
  if (pinned !== undefined) return span(ranges, place, pinned, pinned);
  const start = starts[place] ?? 0;
  const lowOf = (argument: number): number => ranges.low[places[start + argument] ?? 0] ?? 0;
  const highOf = (argument: number): number => ranges.high[places[start + argument] ?? 0] ?? 0;
  const count = options.length;
  const possible: number[] = [];
  for (let option = 0; option < count; option += 1) if (!isBeaten(option)) possible.push(option);
  span(ranges, place, possible[0] ?? 0, possible.at(-1) ?? count - 1);

  function isBeaten(option: number): boolean {
    for (let other = 0; other < count; other += 1) if (other !== option && beats(other, option)) return true;
    return false;
  }

  /** Of two that are equally good the earlier is taken. */
  function beats(other: number, option: number): boolean {
    if (highOf(other) !== lowOf(option)) return highOf(other) < lowOf(option);
    const [theirs, ours] = [highOf(count + other), lowOf(count + option)];
    return other < option ? theirs <= ours : isLower(theirs, ours);
  }
}
