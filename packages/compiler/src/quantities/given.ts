import type { Quantity } from "@archwright/model";
import { memo } from "../facts/memo.ts";
import { exact, type Exact, type Formula, type Input, type Unit } from "../formulas/formula.ts";

/** Inputs that come from a model: what it says, what it asks for, and what it leaves to us. */

/** @param path The item or the system whose line says it. */
export function given(id: string, words: string, unit: Unit, quantity: Quantity, path: string): Input {
  if (typeof quantity === "number") return { kind: "input", id, words, unit, value: quantity, ground: { kind: "stated", path } };
  const { ask, assumed, range } = quantity;
  return { kind: "input", id, words, unit, value: assumed, ...(range && { range }), ground: { kind: "unknown", path, ask } };
}

/** What we reckon with while the model is silent. The range is what it may well be. */
export interface Assumption {
  readonly id: string;
  readonly words: string;
  readonly unit: Unit;
  readonly value: number;
  readonly range: readonly [low: number, high: number];
  /** In words that whoever orders the backend can answer. */
  readonly ask: string;
  readonly because: string;
}

export const assumed = ({ ask, because, ...rest }: Assumption): Input => ({
  kind: "input",
  ...rest,
  ground: { kind: "assumed", ask, because },
});

export const givenOr = (quantity: Quantity | undefined, path: string, assumption: Assumption): Input =>
  quantity === undefined ? assumed(assumption) : given(assumption.id, assumption.words, assumption.unit, quantity, path);

export const counted = (id: string, words: string, value: number, path: string, unit: Unit = "count"): Input => ({
  kind: "input",
  id,
  words,
  unit,
  value,
  ground: { kind: "counted", path },
});

/** What the model's structure answers with yes or no. */
export const whether = (id: string, words: string, holds: boolean, path: string): Input =>
  counted(id, words, holds ? 1 : 0, path, "yes/no");

/** Fixed by definition. */
export const secondsPerMonth: Exact = exact((365.25 / 12) * 86_400);
export const secondsPerYear: Exact = exact(365.25 * 86_400);
export const secondsPerDay: Exact = exact(86_400);
export const hoursPerMonth: Exact = exact(730.5);
export const msPerSecond: Exact = exact(1_000);
export const bytesPerGigabyte: Exact = exact(1e9);
export const perMillion: Exact = exact(1e6);

/** Works a formula out once for each id. */
export const formulaOf = memo<Formula>;
