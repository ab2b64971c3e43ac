import type { Deciding } from "../decide/deciding.ts";
import { reevaluate, type Changes } from "../formulas/evaluate.ts";
import { rounded } from "./figures.ts";
import { chosenPlace, placeOf, valueOf, type State } from "./state.ts";
import { weightOf } from "./weight.ts";

/** A consistent design that breaks no hard constraint which can be kept, with what it comes to. */
export interface Point {
  /** Of the explored decisions, by their ids. */
  readonly choices: { readonly [decision: string]: string };
  readonly cost: number;
  readonly hours: number;
  readonly latencyMs: number;
  readonly availability: number;
  /** Whether it is the one that the decisions come to by themselves. */
  readonly isChosen: boolean;
}

export interface Exploration {
  readonly explored: readonly string[];
  readonly tried: number;
  readonly possible: number;
  /** The designs of which none is better in every respect, the cheapest first. */
  readonly front: readonly Point[];
}

const triesMax = 20_000;

/** Tries the combinations of the decisions about the system that weigh most, while all others follow by their rules. */
export function explore(state: State): Exploration {
  const dimensions = dimensionsOf(state);
  const points: Point[] = [];
  let tried = 0;
  const chosen = new Map(dimensions.map((deciding) => [deciding.id, chosenPlace(state, deciding)]));
  const values = Float64Array.from(state.values);
  const everything = Int32Array.from(values.keys());
  for (const combination of combinationsOf(dimensions)) {
    tried += 1;
    const changes: Changes = new Map([...combination].map(([deciding, option]) => [placeOf(state.open, deciding.choice), option]));
    reevaluate(state.open.sheet, values, everything, changes);
    const point = pointOf(
      { open: state.open, values },
      combination,
      [...combination].every(([{ id }, option]) => chosen.get(id) === option),
    );
    if (point) points.push(point);
  }
  return { explored: dimensions.map(({ id }) => id), tried, possible: points.length, front: frontOf(points) };
}

/** Those whose forced options move money or hours most, as many as can be combined. */
function dimensionsOf(state: State): readonly Deciding[] {
  const free = state.open.decisions.filter(
    ({ proposal, choice }) =>
      proposal.about === undefined && choice.pinned === undefined && choice.options.length > 1 && choice.options.length <= 6,
  );
  const spreads = free.map((deciding) => ({ deciding, spread: weightOf(state, deciding) }));
  const ranked = spreads.filter(({ spread }) => spread > 0).sort((left, right) => right.spread - left.spread);
  const kept: Deciding[] = [];
  let combinations = 1;
  for (const { deciding } of ranked) {
    if (combinations * deciding.choice.options.length > triesMax) continue;
    combinations *= deciding.choice.options.length;
    kept.push(deciding);
  }
  return kept;
}

function* combinationsOf(dimensions: readonly Deciding[]): Generator<ReadonlyMap<Deciding, number>> {
  const total = dimensions.reduce((product, { choice }) => product * choice.options.length, 1);
  for (let index = 0; index < total; index += 1) {
    let rest = index;
    yield new Map(
      dimensions.map((deciding) => {
        const option = rest % deciding.choice.options.length;
        rest = Math.floor(rest / deciding.choice.options.length);
        return [deciding, option] as const;
      }),
    );
  }
}

function pointOf(state: State, combination: ReadonlyMap<Deciding, number>, isChosen: boolean): Point | undefined {
  const { open } = state;
  for (const deciding of open.decisions) {
    const weighed = deciding.options[chosenPlace(state, deciding)];
    if (deciding.proposal.about === undefined && weighed && isAvoidable(state, deciding, valueOf(state, weighed.violation)))
      return undefined;
  }
  return {
    choices: Object.fromEntries([...combination].map(([{ id, choice }, option]) => [id, choice.options[option] ?? ""])),
    cost: rounded(valueOf(state, open.totals.cost)),
    hours: rounded(valueOf(state, open.totals.hours)),
    latencyMs: rounded(valueOf(state, open.totals.latency)),
    availability: rounded(valueOf(state, open.totals.availability)),
    isChosen,
  };
}

/** Whether another option breaks less: where all of them break a constraint, the least broken one is as good as it gets. */
function isAvoidable(state: State, { options }: Deciding, violation: number): boolean {
  return violation > 0 && options.some((other) => valueOf(state, other.violation) < violation);
}

/** Points that no other is at least as good as in everything, and better in something; of equal ones the first. */
export function frontOf(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort(
    (left, right) =>
      left.cost - right.cost || left.hours - right.hours || left.latencyMs - right.latencyMs || right.availability - left.availability,
  );
  const front: Point[] = [];
  for (const point of sorted) if (!front.some((better) => isAsGood(better, point))) front.push(point);
  return front;
}

const isAsGood = (one: Point, other: Point): boolean =>
  one.cost <= other.cost && one.hours <= other.hours && one.latencyMs <= other.latencyMs && one.availability >= other.availability;
