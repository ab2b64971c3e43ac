import type { Flip } from "@archwright/model";
import { expect, test } from "vitest";
import { undecided } from "../decide/deciding.ts";
import { randomModel } from "../decide/random-model.ts";
import { reevaluate } from "../formulas/evaluate.ts";
import type { Input } from "../formulas/formula.ts";
import { downstreamOf, sliceOf } from "../formulas/sheet.ts";
import { flipsOf } from "./flips.ts";
import { chosenPlace, inputsOf, isAnswerable, placeOf, stateOf, valueOf, type State } from "./state.ts";

// Every input of these, constants and prices included, and of the others those that a model can answer. ARCHWRIGHT_MODELS=2000 takes an hour.
const wholeModels = 10;
const models = Number(process.env["ARCHWRIGHT_MODELS"] ?? 40);
const tolerance = 0.01;

/** What is wrong with the stated tipping points of one model; nothing if each is where the choice really changes. */
function faultsOf(seed: number): readonly string[] {
  const state = stateOf(undecided(randomModel(seed)));
  const isTried = (input: Input): boolean => seed <= wholeModels || isAnswerable(input);
  const flips = flipsOf(state, isTried, "near");
  const found: string[] = [];
  for (const { input, place } of inputsOf(state.open).filter((one) => isTried(one.input))) {
    const stated = [...flips].flatMap(([decision, all]) => all.flatMap((flip) => (flip.input === input.id ? [{ decision, flip }] : [])));
    const trial = trialOf(state, place);
    for (const { decision, flip } of stated) found.push(...wrongPlaces(trial, decision, input, flip));
    if (input.unit !== "yes/no") for (const value of perturbed(input)) found.push(...unsaid(trial, state, { input, value, stated }));
  }
  return found.map((fault) => `seed ${seed}: ${fault}`);
}

/** Half, and half as much again; of a share near 1 what it lacks of it. */
function perturbed({ unit, value }: Input): readonly number[] {
  if (unit === "share" && value > 0.9 && value < 1) return [1 - (1 - value) * 0.5, 1 - (1 - value) * 1.5];
  const perturbations = [value * 0.5, value * 1.5];
  if (unit === "people") return perturbations.filter((people) => people >= 1);
  return perturbations.filter((perturbation) => unit !== "share" || perturbation <= 1 || value > 1);
}

/** The choice of a decision, or of every decision, with another value of one input. */
interface Trial {
  choiceAt(decision: string, value: number): string;
  choicesAt(value: number): ReadonlyMap<string, string>;
}

function trialOf({ open, values: base }: State, place: number): Trial {
  const values = Float64Array.from(base);
  const downstream = downstreamOf(open.sheet, place);
  const chosen = (decision: string): string => {
    const choice = open.byId.get(decision)?.choice;
    return choice?.options[values[placeOf(open, choice)] ?? 0] ?? "";
  };
  return {
    choiceAt(decision, value) {
      const choice = open.byId.get(decision)?.choice;
      values[place] = value;
      reevaluate(open.sheet, values, choice ? sliceOf(open.sheet, downstream, placeOf(open, choice)) : downstream);
      return chosen(decision);
    },
    choicesAt(value) {
      values[place] = value;
      reevaluate(open.sheet, values, downstream);
      return new Map(open.decisions.map(({ id }) => [id, chosen(id)]));
    },
  };
}

function wrongPlaces(trial: Trial, decision: string, input: Input, { at, to }: Flip): readonly string[] {
  const reached = trial.choiceAt(decision, at);
  const wrong = reached === to ? [] : [`${decision} does not become ${to} at ${input.id} = ${at}, but ${reached}`];
  // What tips at once has no before.
  if (input.unit === "yes/no" || Math.abs(at - input.value) <= 1e-5 * Math.abs(input.value) || input.value === 0) return wrong;
  const before = at + (input.value - at) * tolerance;
  const early = trial.choiceAt(decision, before);
  return early === trial.choiceAt(decision, input.value)
    ? wrong
    : [...wrong, `${decision} changes before ${input.id} reaches ${at}: it is ${early} at ${before}`];
}

interface Unsaid {
  readonly input: Input;
  readonly value: number;
  readonly stated: readonly { readonly decision: string; readonly flip: Flip }[];
}

/** Decisions that half of an input, or half as much again, changes without a tipping point on the way. */
function unsaid(trial: Trial, state: State, { input, value, stated }: Unsaid): readonly string[] {
  const choices = trial.choicesAt(value);
  // What tips at half itself is told as a hair beside it.
  const margin = 1e-5 * Math.abs(value);
  const [low, high] = [Math.min(value, input.value) - margin, Math.max(value, input.value) + margin];
  const said = new Set(stated.filter(({ flip }) => flip.at > low && flip.at < high).map(({ decision }) => decision));
  return state.open.decisions.flatMap((deciding) => {
    const before = deciding.choice.options[chosenPlace(state, deciding)];
    const after = choices.get(deciding.id);
    return before === after || said.has(deciding.id)
      ? []
      : [`${deciding.id} is ${after} at ${input.id} = ${value}, which no tipping point says`];
  });
}

test("every stated tipping point is where the choice changes, within 1 %, and half or half as much again changes nothing unsaid", () => {
  const faults = Array.from({ length: models }, (_, seed) => faultsOf(seed + 1)).flat();
  expect(faults.slice(0, 20), `${faults.length} faults in ${models} models`).toEqual([]);
}, 7_200_000);

test("no decision breaks a hard constraint while another option breaks none, unless it is pinned", () => {
  const broken = Array.from({ length: 2_000 }, (_, seed) => needlesslyBroken(seed + 1)).flat();
  expect(broken).toEqual([]);
}, 600_000);

function needlesslyBroken(seed: number): readonly string[] {
  const state = stateOf(undecided(randomModel(seed)));
  return state.open.decisions.flatMap((deciding) => {
    const violations = deciding.options.map(({ violation }) => valueOf(state, violation));
    const isNeedless = deciding.choice.pinned === undefined && violations.includes(0) && violations[chosenPlace(state, deciding)] !== 0;
    return isNeedless ? [`seed ${seed}: ${deciding.id}`] : [];
  });
}
