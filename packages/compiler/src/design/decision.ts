import { kebab, type Broken, type Confidence, type Decision, type Flip, type Option } from "@archwright/model";
import type { Deciding, Weighed } from "../decide/deciding.ts";
import type { Need } from "../decide/rule.ts";
import type { Formula } from "../formulas/formula.ts";
import { inWords } from "../formulas/words.ts";
import { figureOf, rounded, sharedUnit, type Ranged } from "./figures.ts";
import type { Sway } from "./questions.ts";
import { chosenOf, chosenPlace, isAnswerable, placeOf, valueOf, type State } from "./state.ts";
import { weightOf } from "./weight.ts";

export interface Told {
  readonly ranged: Ranged;
  readonly sways: readonly Sway[];
  readonly flips: ReadonlyMap<string, readonly Flip[]>;
}

export function decisionOf({ ranged, sways, flips }: Told, deciding: Deciding): Decision {
  const { state } = ranged;
  const { id, rule, proposal, choice, options } = deciding;
  // Another decision may be pinned to an option of the same name.
  const pin =
    choice.pinned === undefined ? undefined : state.open.model.requirements.pins.find(({ decision }) => kebab(decision) === rule.id);
  return {
    id,
    rule: rule.id,
    area: rule.area,
    ...(proposal.about !== undefined && { about: proposal.about }),
    question: proposal.question ?? rule.question,
    chosen: chosenOf(state, deciding).option.id,
    options: options.map((weighed, place) => optionOf(ranged, deciding, weighed, place)),
    inputs: inputsBelow(state, choice),
    flips: flips.get(id) ?? [],
    confidence: confidenceOf(id, sways),
    weight: rounded(weightOf(state, deciding)),
    evidence: rule.evidence,
    sources: rule.sources,
    ...(pin && { pinned: { because: pin.because, insteadOf: freeChoice(state, deciding) } }),
  };
}

function optionOf(ranged: Ranged, deciding: Deciding, { option, figures, violation }: Weighed, place: number): Option {
  const prefix = `${deciding.id}.${option.id}.`;
  const isChosen = chosenPlace(ranged.state, deciding) === place;
  return {
    id: option.id,
    title: option.title,
    verdict: isChosen ? "chosen" : valueOf(ranged.state, violation) > 0 ? "ruled out" : "possible",
    figures: Object.fromEntries(figures.map((figure) => [figure.id.slice(prefix.length), figureOf(ranged, figure)])),
    because: option.because,
    consequence: option.consequence,
    broken: (option.needs ?? []).flatMap((need) => brokenOf(ranged, need)),
  };
}

/** What is limited first: of "at least five people" the people that there are. */
function brokenOf(ranged: Ranged, need: Need): readonly Broken[] {
  const { left, right, because, isLeast } = need;
  if (valueOf(ranged.state, left) <= valueOf(ranged.state, right)) return [];
  const unit = sharedUnit(need);
  const [is, limit] = isLeast ? [right, left] : [left, right];
  return [
    {
      is: { ...figureOf(ranged, is, unit), words: inWords(is) },
      limit: { ...figureOf(ranged, limit, unit), words: inWords(limit) },
      because,
    },
  ];
}

/** What would be chosen if nobody had pinned it. */
function freeChoice(state: State, { options }: Deciding): string {
  const ranked = options.map(({ option, violation, score }) => ({
    id: option.id,
    violation: valueOf(state, violation),
    score: valueOf(state, score),
  }));
  return ranked.reduce((best, one) =>
    one.violation < best.violation || (one.violation === best.violation && one.score < best.score) ? one : best,
  ).id;
}

/** High where no open number changes the choice anywhere in its range, low where an unknown of the model does. */
function confidenceOf(id: string, sways: readonly Sway[]): Confidence {
  const swaying = sways.filter(({ changes }) => changes.some(({ decision }) => decision === id));
  const isOpen = swaying.some(({ input }) => input.ground.kind === "unknown");
  return { level: isOpen ? "low" : swaying.length > 0 ? "medium" : "high", because: swaying.map(({ input }) => input.id) };
}

function inputsBelow({ open }: State, formula: Formula): readonly string[] {
  const seen = new Set<number>();
  const found = new Set<string>();
  const visit = (place: number): void => {
    if (seen.has(place)) return;
    seen.add(place);
    const at = open.sheet.formulas[place];
    if (at?.kind === "input" && isAnswerable(at)) found.add(at.id);
    const end = open.sheet.starts[place + 1] ?? 0;
    for (let argument = open.sheet.starts[place] ?? 0; argument < end; argument += 1) visit(open.sheet.places[argument] ?? 0);
  };
  visit(placeOf(open, formula));
  return [...found].sort();
}
