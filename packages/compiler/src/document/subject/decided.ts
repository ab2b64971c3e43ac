import type { Decision, Design, Fact, Figure, Option } from "@archwright/model";
import { formatted } from "../../formulas/words.ts";
import { link, type Mark } from "../block.ts";
import { recordId } from "../record-id.ts";

/** What a design has decided, as a chapter refers to it. A rule that had nothing to decide in this model is simply not there. */

export const decisionsBy = ({ decisions }: Design, rule: string): readonly Decision[] =>
  decisions.filter((decision) => decision.rule === rule);

export const decisionOn = ({ decisions }: Design, rule: string, about?: string): Decision | undefined =>
  decisions.find((decision) => decision.rule === rule && decision.about === about);

export function chosenOption({ id, chosen, options }: Decision): Option {
  const option = options.find((one) => one.id === chosen);
  if (!option) throw new Error(`The decision ${id} has no option ${chosen}.`);
  return option;
}

/** Whether this was decided so; no where nothing was decided. */
export const isDecided = (design: Design, rule: string, choice: string, about?: string): boolean =>
  decisionOn(design, rule, about)?.chosen === choice;

export const figureOf = (decision: Decision | undefined, name: string): Figure | undefined =>
  decision && chosenOption(decision).figures[name];

/** The chosen option's title, leading to the record of the decision. */
export const toRecord = (decision: Decision, words = chosenOption(decision).title): Mark => link(words, recordId(decision));

export const amount = ({ value, unit }: Pick<Figure, "value" | "unit">, { currency }: Pick<Design, "currency">): string =>
  formatted(value, unit, currency);

/** "55 EUR", or "55 EUR (50 to 100 EUR while questions are open)" told by its ends. */
export function amountWithin(figure: Figure, design: Pick<Design, "currency">): string {
  const { low = figure.value, high = figure.value, unit } = figure;
  const value = amount(figure, design);
  const [from, to] = [formatted(low, unit, design.currency), formatted(high, unit, design.currency)];
  return from === to ? value : `${value} (${from} to ${to})`;
}

export const money = (value: number, { currency }: Pick<Design, "currency">): string => formatted(value, "money", currency);

export const factOf = ({ facts }: Design, id: string): Fact | undefined => facts[id];

/** The fact's number with its unit; nothing where the design does not reckon with it. */
export function factTold(design: Design, id: string): string | undefined {
  const fact = design.facts[id];
  return fact && amount(fact, design);
}
