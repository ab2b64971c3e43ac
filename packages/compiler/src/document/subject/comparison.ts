import type { Decision, Design, Figure, Flip } from "@archwright/model";
import { tellingFlip } from "../../design/ranking.ts";
import { strong, type Block } from "../block.ts";
import { amount, toRecord } from "./decided.ts";
import { prose, table, type Part, type Row } from "./prose.ts";

/** The options of a decision side by side, with every figure that tells them apart. */
export function comparison(decision: Decision, design: Design): readonly Block[] {
  const names = [...new Set(decision.options.flatMap(({ figures }) => Object.keys(figures)))];
  const telling = names
    .filter((name) => new Set(decision.options.map(({ figures }) => figures[name]?.value)).size > 1)
    .slice(0, figuresMax);
  const shown = ladderSteps(decision);
  const rows = shown.map((option): Row => [
    option.verdict === "chosen" ? strong(option.title) : option.title,
    option.verdict === "ruled out" ? prose("ruled out: ", option.broken[0]?.because ?? "it breaks a hard constraint") : option.verdict,
    ...telling.map((name) => {
      const figure = option.figures[name];
      return figure && amount(figure, design);
    }),
  ]);
  const head = ["Option", "Verdict", ...telling.map((name) => figureWords(decision, name, design))];
  return table(
    head,
    rows,
    telling.map((_, column) => column + 2),
  );
}

/** Of a ladder with many steps the chosen one and its neighbours: the others say the same with larger numbers. */
function ladderSteps({ options, chosen }: Decision): Decision["options"] {
  if (options.length <= stepsMax) return options;
  const at = options.findIndex(({ id }) => id === chosen);
  return options.slice(Math.max(0, at - 2), at + 3);
}

const stepsMax = 7;
/** More columns are not read; the record of the decision has them all. */
const figuresMax = 7;

function figureWords(decision: Decision, name: string, { facts }: Design): string {
  const usual = usualFigures[name];
  if (usual !== undefined) return usual;
  const fact = decision.options.map(({ id }) => facts[`${decision.id}.${id}.${name}`]).find((one) => one !== undefined);
  return fact?.words ?? name.replaceAll("-", " ");
}

const usualFigures: { readonly [name: string]: string } = {
  cost: "On the bill, a month",
  hours: "Work, a month",
  latency: "Adds to a request",
  availability: "Availability",
};

/** What would have to change for another choice: the nearest such value that people can do something about. */
export function tippingPoint(decision: Decision, design: Design): Part {
  const flips = decision.flips.flatMap((flip) => wholeFlip(flip, design) ?? []);
  const flip = tellingFlip({ ...decision, flips }, design.facts);
  return flip && prose(flipInWords(flip, decision, design));
}

/** People and things come whole: the next whole number beyond the tipping point, or nothing where that would be none of them. */
function wholeFlip(flip: Flip, { facts }: Design): Flip | undefined {
  const unit = facts[flip.input]?.unit;
  if (unit !== "people" && unit !== "count") return flip;
  const at = flip.at > flip.from ? Math.ceil(flip.at) : Math.floor(flip.at);
  const whole = at === flip.from ? at + Math.sign(flip.at - flip.from || 1) : at;
  return whole < 1 ? undefined : { ...flip, at: whole };
}

function flipInWords({ input, from, at, to }: Flip, decision: Decision, design: Design): string {
  const fact = design.facts[input];
  const option = decision.options.find(({ id }) => id === to);
  const unit: Figure["unit"] = fact?.unit ?? "count";
  const told = valueTold(amount({ value: from, unit }, design), amount({ value: at, unit }, design), at > from, unit);
  return `${fact?.words ?? input}: ${told} leads to ${option?.title ?? to}`;
}

function valueTold(from: string, at: string, rises: boolean, unit: Figure["unit"]): string {
  if (unit === "yes/no") return rises ? "yes" : "no";
  // A promise that is just kept tips as soon as it is any higher.
  if (at === from) return `${rises ? "just above" : "just below"} ${at}`;
  return `${at} instead of ${from}`;
}

/** A heading's worth of a decision: what was chosen and why, and what one takes on with it. */
export function verdictOf(decision: Decision): Part {
  const option = decision.options.find(({ id }) => id === decision.chosen);
  return option && prose(toRecord(decision), ". ", option.because, " ", option.consequence);
}
