import type { Origin } from "../model/model.ts";

/** What follows from a model: the architecture with its numbers, and what is still open. Plain data, the same bytes for the same model. */
export interface Design {
  readonly version: typeof designVersion;
  readonly system: string;
  readonly currency: string;
  readonly decisions: readonly Decision[];
  readonly questions: readonly Question[];
  readonly bill: Bill;
  /** What breaks as the load grows, the first first. */
  readonly limits: readonly Limit[];
  /** Every number that the design rests on, by its id. */
  readonly facts: { readonly [id: string]: Fact };
}

export const designVersion = 1;

/** What a number counts. Money is counted in the currency of the design. */
export type Unit =
  | "/s"
  | "/month"
  | "ms"
  | "s"
  | "hours"
  | "days"
  | "bytes"
  | "rows"
  | "share"
  | "people"
  | "count"
  | "money"
  | "yes/no"
  | "cores";

/** A number with its unit, and between which values it lies while the unknowns of the model are open. */
export interface Figure {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly unit: Unit;
}

/** A number that can be traced: given by somebody, or reckoned from others. */
export interface Fact extends Figure {
  readonly words: string;
  /** "peak rate of placeOrder × work of the database for placeOrder". Absent for what is given. */
  readonly formula?: string;
  /** The ids of the facts in the formula. */
  readonly inputs?: readonly string[];
  readonly ground?: Ground;
}

/** Where a given number comes from. */
export type Ground =
  | { readonly kind: "stated" | "counted"; readonly at?: Origin }
  | { readonly kind: "unknown"; readonly ask: string; readonly at?: Origin }
  | { readonly kind: "assumed"; readonly ask: string; readonly because: string }
  | { readonly kind: "constant"; readonly evidence: "measured" | "sourced" | "general"; readonly source: string }
  | { readonly kind: "price"; readonly source: string; readonly dated: string };

export interface Decision {
  /** `broker`, or `timeout:stripe.createPaymentIntent`. */
  readonly id: string;
  readonly rule: string;
  readonly area: string;
  /** The item that it is about; absent where it is about the system. */
  readonly about?: string;
  readonly question: string;
  readonly chosen: string;
  readonly options: readonly Option[];
  /** The ids of the given numbers that it depends on, prices and constants left out. */
  readonly inputs: readonly string[];
  readonly flips: readonly Flip[];
  readonly confidence: Confidence;
  /** How much money in a month, hours of work counted in, hangs on the choice. 0 for decisions about single items. */
  readonly weight: number;
  readonly evidence: "measured" | "sourced" | "general";
  readonly sources: readonly string[];
  readonly pinned?: { readonly because: string; readonly insteadOf: string };
}

export interface Option {
  readonly id: string;
  readonly title: string;
  readonly verdict: "chosen" | "possible" | "ruled out";
  readonly figures: { readonly [name: string]: Figure };
  readonly because: string;
  readonly consequence: string;
  /** The hard constraints that it breaks. */
  readonly broken: readonly Broken[];
}

/** `is` must not exceed `limit`, and does. */
export interface Broken {
  readonly is: Figure & { readonly words: string };
  readonly limit: Figure & { readonly words: string };
  readonly because: string;
}

/** Where the choice changes: at the nearest value of one input, while all others stay. */
export interface Flip {
  readonly input: string;
  readonly from: number;
  readonly at: number;
  readonly to: string;
}

export interface Confidence {
  readonly level: "high" | "medium" | "low";
  /** The inputs that would change the choice within their ranges. */
  readonly because: readonly string[];
}

/** What is not known, and what its answer is worth. */
export interface Question {
  readonly input: string;
  readonly ask: string;
  readonly words: string;
  readonly assumed: number;
  readonly range: readonly [low: number, high: number];
  readonly unit: Unit;
  /** Whether the model asks it, or is merely silent. */
  readonly asked: boolean;
  readonly at?: Origin;
  /** The decisions that change somewhere in the range, and to what. */
  readonly changes: readonly { readonly decision: string; readonly from: string; readonly to: string; readonly at: number }[];
  /** Between which values the monthly bill lies over the range. */
  readonly bill: readonly [low: number, high: number];
  /** The promises that are broken somewhere in the range and not as it is assumed. */
  readonly breaks: readonly string[];
}

export interface Bill {
  readonly currency: string;
  readonly lines: readonly BillLine[];
  readonly total: Figure;
  readonly hours: Figure;
  readonly budget?: number;
  /** For one run of the command that stands for the business, and for one user. */
  readonly perUnit: readonly { readonly words: string; readonly cost: number }[];
  readonly atTenTimes: {
    readonly total: number;
    readonly changes: readonly { readonly decision: string; readonly from: string; readonly to: string }[];
  };
}

export interface BillLine {
  readonly decision: string;
  readonly component: string;
  readonly words: string;
  readonly cost: Figure;
  readonly formula: string;
}

/** Something of the chosen architecture that has an end. */
export interface Limit {
  readonly decision: string;
  readonly words: string;
  readonly because: string;
  readonly is: Figure;
  readonly limit: Figure;
  /** How many times today's peak load it bears. Below 1 it is broken already. */
  readonly bearsTimes: number;
}
