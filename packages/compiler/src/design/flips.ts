import type { Flip } from "@archwright/model";
import { reevaluate } from "../formulas/evaluate.ts";
import type { Choice, Input } from "../formulas/formula.ts";
import { downstreamOf, sliceOf } from "../formulas/sheet.ts";
import { bisect, triedValues, type Reach } from "./scan.ts";
import { inputsOf, isAnswerable, placeOf, type State } from "./state.ts";

/**
 * For every decision the nearest value of every input at which its choice changes, above and below, while all others stay: found by trying
 * the rules themselves, and by bisection between two trials.
 *
 * @param reach How far away a tipping point is looked for.
 * @param isTried Which inputs; by default those that the model or whoever orders the backend can answer.
 * @param onTried Told how many of them have been tried, before each.
 */
export function flipsOf(
  state: State,
  isTried: (input: Input) => boolean = isAnswerable,
  reach: Reach = "far",
  onTried: (done: number, total: number) => void = () => undefined,
): ReadonlyMap<string, readonly Flip[]> {
  const flips = new Map<string, Flip[]>(state.open.decisions.map(({ id }) => [id, []]));
  const values = Float64Array.from(state.values);
  const tried = inputsOf(state.open).filter(({ input }) => isTried(input));
  for (const [done, { input, place }] of tried.entries()) {
    onTried(done, tried.length);
    for (const [decision, flip] of flipsBy(state, values, { input, place, reach })) flips.get(decision)?.push(flip);
  }
  for (const found of flips.values()) found.sort((left, right) => marginOf(left) - marginOf(right));
  return flips;
}

/** How far away a flip is, on a scale on which double and half are equally far. */
export const marginOf = ({ from, at }: Flip): number =>
  from > 0 && at > 0 ? Math.abs(Math.log(lackOf(at, from) / lackOf(from, from))) : Number.MAX_VALUE;

/** Of shares near 1 the distance is that of what they lack. */
const lackOf = (value: number, like: number): number => (like > 0.9 && like < 1 && value < 1 ? 1 - value : value);

interface Tried {
  readonly input: Input;
  readonly place: number;
  readonly reach: Reach;
}

function flipsBy(state: State, values: Float64Array, { input, place, reach }: Tried): readonly (readonly [string, Flip])[] {
  const { open, values: base } = state;
  const downstream = downstreamOf(open.sheet, place);
  const watched = watchedBelow(state, downstream);
  if (watched.length === 0) return [];
  const trial = trialOf(state, values, place, downstream, watched);
  const found = (["up", "down"] as const).flatMap((direction) => {
    const tried = triedValues(input, direction, reach);
    const first = scan(input, tried, watched, trial);
    // What one choice does to another lasts but a moment where the next changes soon after: just before each change all are looked at again.
    const before = first.map(([, { at }]) => at + (input.value - at) * 1e-5);
    const all = [...tried, ...before].sort((left, right) => (direction === "up" ? left - right : right - left));
    return first.length === 0 || input.unit === "yes/no" ? first : scan(input, all, watched, trial);
  });
  values[place] = base[place] ?? input.value;
  for (const touched of downstream) values[touched] = base[touched] ?? 0;
  return found;
}

interface Watched {
  readonly id: string;
  readonly choice: Choice;
  /** The place of the choice. */
  readonly at: number;
}

function watchedBelow({ open }: State, downstream: Int32Array): readonly Watched[] {
  const reached = new Set(downstream);
  return open.decisions.flatMap(({ id, choice }) => {
    const at = placeOf(open, choice);
    return reached.has(at) && choice.pinned === undefined && choice.options.length > 1 ? [{ id, choice, at }] : [];
  });
}

/** The choices with another value of an input. */
interface Trial {
  /** Of all that are watched. */
  readonly changedAt: (value: number, among: readonly Watched[]) => readonly Watched[];
  /** Of one alone, which is soon worked out. */
  readonly choiceAt: (value: number, watched: Watched) => number;
  readonly isAsBefore: (value: number, watched: Watched) => boolean;
}

function trialOf(
  { open, values: base }: State,
  values: Float64Array,
  place: number,
  downstream: Int32Array,
  watched: readonly Watched[],
): Trial {
  // What no watched choice needs, bills above all, is left as it is.
  const all = sliceOf(open.sheet, downstream, ...watched.map(({ at }) => at));
  const slices = new Map<number, Int32Array>();
  const choiceAt = (value: number, { at }: Watched): number => {
    const slice = slices.get(at) ?? sliceOf(open.sheet, downstream, at);
    slices.set(at, slice);
    values[place] = value;
    reevaluate(open.sheet, values, slice);
    return values[at] ?? 0;
  };
  return {
    choiceAt,
    isAsBefore: (value, one) => choiceAt(value, one) === base[one.at],
    changedAt(value, among) {
      values[place] = value;
      reevaluate(open.sheet, values, all);
      return among.filter(({ at }) => values[at] !== base[at]);
    },
  };
}

/** The first change of each choice on the way through these values. */
function scan(input: Input, tried: readonly number[], watched: readonly Watched[], trial: Trial): readonly (readonly [string, Flip])[] {
  const found: (readonly [string, Flip])[] = [];
  let still = watched;
  let last = input.value;
  for (const value of tried) {
    const changed = new Set(trial.changedAt(value, still));
    for (const one of changed) {
      const at = input.unit === "yes/no" ? value : bisect(last, value, (middle) => trial.isAsBefore(middle, one));
      found.push([one.id, { input: input.id, from: input.value, at, to: one.choice.options[trial.choiceAt(at, one)] ?? "" }]);
    }
    still = still.filter((one) => !changed.has(one));
    if (still.length === 0) break;
    last = value;
  }
  return found;
}
