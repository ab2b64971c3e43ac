import type { Question } from "@archwright/model";
import { chosenOf, inputsOf, placeOf, valueOf, type State } from "./state.ts";
import { reevaluate } from "../formulas/evaluate.ts";
import type { Input } from "../formulas/formula.ts";
import { downstreamOf, sliceOf } from "../formulas/sheet.ts";
import { rounded } from "./figures.ts";

/** What an input changes while it goes through its range and all others stay. */
export interface Sway {
  readonly input: Input;
  readonly place: number;
  readonly changes: Question["changes"];
  readonly bill: readonly [low: number, high: number];
  readonly breaks: readonly string[];
}

/** On the way to each end of a range: many for what people are asked, few for constants, of which only the confidence in a choice depends. */
const stepsOf = ({ ground }: Input): number => (ground.kind === "unknown" || ground.kind === "assumed" ? 12 : 4);

/** Of every input that has a range, the constants included. */
export function swaysOf(state: State): readonly Sway[] {
  const values = Float64Array.from(state.values);
  return inputsOf(state.open).flatMap(({ input, place }) => (input.range ? [swayOf(state, values, input, place)] : []));
}

function swayOf(state: State, values: Float64Array, input: Input, place: number): Sway {
  const { open } = state;
  const tried: State = { open, values };
  const reached = downstreamOf(open.sheet, place);
  const isReached = new Set(reached);
  const decisions = open.decisions.filter(({ choice }) => isReached.has(placeOf(open, choice)));
  const watched = decisions.flatMap(({ choice, options }) => [choice, ...options.map(({ violation }) => violation)]);
  const downstream = sliceOf(open.sheet, reached, placeOf(open, open.totals.cost), ...watched.map((formula) => placeOf(open, formula)));
  const changes = new Map<string, Question["changes"][number]>();
  const bills: number[] = [valueOf(state, open.totals.cost)];
  const breaks = new Set<string>();
  const brokenBefore = new Set(brokenNeeds(state, decisions));
  for (const value of pointsOf(input)) {
    values[place] = value;
    reevaluate(open.sheet, values, downstream);
    bills.push(valueOf(tried, open.totals.cost));
    for (const { id, choice } of decisions) {
      const at = placeOf(open, choice);
      if (values[at] === state.values[at] || changes.has(id)) continue;
      changes.set(id, {
        decision: id,
        from: choice.options[state.values[at] ?? 0] ?? "",
        to: choice.options[values[at] ?? 0] ?? "",
        at: rounded(value),
      });
    }
    for (const broken of brokenNeeds(tried, decisions)) if (!brokenBefore.has(broken)) breaks.add(broken);
  }
  values[place] = input.value;
  for (const touched of downstream) values[touched] = state.values[touched] ?? 0;
  return {
    input,
    place,
    changes: [...changes.values()],
    bill: [rounded(Math.min(...bills)), rounded(Math.max(...bills))],
    breaks: [...breaks],
  };
}

/** From the assumed value outwards, so that the nearest value of a change is told. */
function pointsOf(input: Input): readonly number[] {
  const { value, range: [low, high] = [value, value] } = input;
  const steps = stepsOf(input);
  const between = (from: number, until: number): readonly number[] =>
    Array.from({ length: steps }, (_, step) =>
      from > 0 && until > 0 ? from * (until / from) ** ((step + 1) / steps) : from + ((until - from) * (step + 1)) / steps,
    );
  return [...(high > value ? between(value, high) : []), ...(low < value ? between(value, low) : [])];
}

function brokenNeeds(state: State, decisions: State["open"]["decisions"]): readonly string[] {
  return decisions.flatMap((deciding) => {
    const { option, violation } = chosenOf(state, deciding);
    if (valueOf(state, violation) === 0) return [];
    return (option.needs ?? []).flatMap(({ left, right, because }) =>
      valueOf(state, left) > valueOf(state, right) ? [`${deciding.id}: ${because}`] : [],
    );
  });
}

/** What is worth asking, best first: by the decisions that the answer changes, then by the money. */
export function questionsOf({ open }: State, sways: readonly Sway[]): readonly Question[] {
  const questions = sways.flatMap(({ input, changes, bill, breaks }): readonly Question[] => {
    const { ground, range } = input;
    if ((ground.kind !== "unknown" && ground.kind !== "assumed") || !range) return [];
    if (changes.length === 0 && breaks.length === 0 && bill[1] - bill[0] < 0.05 * Math.max(bill[0], 1)) return [];
    const at = ground.kind === "unknown" ? open.model.origins[ground.path] : undefined;
    const common = { input: input.id, ask: ground.ask, words: input.words, assumed: input.value, range, unit: input.unit };
    return [{ ...common, asked: ground.kind === "unknown", ...(at && { at }), changes, bill, breaks }];
  });
  return [...questions].sort((left, right) => worthOf(right) - worthOf(left));
}

/** A decision about the system weighs more than one about an item, and doubling the bill as much as three decisions. */
function worthOf({ changes, bill: [low, high], breaks, asked }: Question): number {
  const decisions = changes.reduce((total, { decision }) => total + (decision.includes(":") ? 0.2 : 1), 0);
  return decisions + 3 * Math.log2(Math.max(1, (high + 1) / (low + 1))) + 2 * breaks.length + (asked ? 0.5 : 0);
}
