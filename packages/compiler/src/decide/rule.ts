import type { Model } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";
import { excess, exact, one, type Choice, type Evidence, type Formula, type Unit } from "../formulas/formula.ts";
import type { PriceId } from "../prices/prices.ts";
import type { Quantities } from "../quantities/quantities.ts";

export type Area = "structure" | "storage" | "messaging" | "caching" | "security" | "resilience" | "capacity" | "operations";

/** A decision that an architect takes: what may be chosen, what rules it out, and what each costs. One file, one line in `decisions.ts`. */
export interface DecisionRule {
  /** As it is named in a pin, in words with hyphens: `api-style`. */
  readonly id: string;
  readonly area: Area;
  readonly question: string;
  /** What the rule rests on, where its constants do not say it better. */
  readonly evidence: Evidence;
  readonly sources: readonly string[];
  /** For a ladder of options from small to large: the ends of the ids of inputs that never lead down it when they grow. Behind a dot: of the item itself. */
  readonly climbsWith?: readonly string[];
  /** Nothing where the model has nothing to decide here. */
  readonly propose: (brief: Brief) => readonly Proposal[];
}

/** What is to be decided about one thing. */
export interface Proposal {
  /** The id of the item that it is about; absent where it is about the system. */
  readonly about?: string;
  /** The question with the names of this model in it, where the rule's own is too general. */
  readonly question?: string;
  /** In the order of preference: of two that are equally good the first is taken. Ladders go from small to large. */
  readonly options: readonly OptionRule[];
}

export interface OptionRule {
  readonly id: string;
  readonly title: string;
  /** Hard constraints: an option that breaks one is ruled out while another breaks none. */
  readonly needs?: readonly Need[];
  /** What the bill gets longer by if it is chosen. */
  readonly bill?: readonly BillLine[];
  /** What it costs of people's time. */
  readonly hoursPerMonth?: Formula;
  /** What it adds to a request, or how long it lets one wait. */
  readonly latencyMs?: Formula;
  /** Of what it provides, as a share of time. */
  readonly availability?: Formula;
  /** What else tells the options apart, and what later decisions build upon. */
  readonly figures?: readonly OptionFigure[];
  /** What the choice goes by where that is not money and hours: the lowest wins. */
  readonly score?: Formula;
  /** What speaks for it in this model, as one sentence. */
  readonly because: string;
  /** What one takes on with it, as one sentence. */
  readonly consequence: string;
}

export interface OptionFigure {
  readonly id: string;
  readonly words: string;
  readonly unit: Unit;
  readonly formula: Formula;
}

export interface BillLine {
  readonly component: string;
  readonly words: string;
  /** Money in a month, in the currency of the design. */
  readonly cost: Formula;
}

export interface Need {
  readonly left: Formula;
  readonly right: Formula;
  /** Why it must be so: "a broker that falls behind at the peak loses the promise of a minute". */
  readonly because: string;
  /** Said as "at least": what is limited is `right`, and `left` is how much of it there must be. */
  readonly isLeast?: true;
}

/** `left` must not exceed `right`. */
export const needAtMost = (left: Formula, right: Formula, because: string): Need => ({ left, right, because });
export const needAtLeast = (left: Formula, right: Formula, because: string): Need => ({ left: right, right: left, because, isLeast: true });
/** A formula that answers with yes or no must say yes. */
export const needThat = (condition: Formula, because: string): Need => ({ left: one, right: condition, because });
export const needThatNot = (condition: Formula, because: string): Need => ({ left: condition, right: exact(0), because });

export const violationOf = ({ left, right }: Need): Formula => excess(left, right);

/** What a rule may look at. Everything in it is pure. */
export interface Brief {
  readonly model: Model;
  readonly facts: Facts;
  readonly quantities: Quantities;
  /** Of the budget, or US dollars. */
  readonly currency: string;
  /** In the currency of the design, for the unit that the price table names. */
  readonly price: (id: PriceId) => Formula;
  /** What another rule has decided: about the system, or about an item. */
  readonly decided: (rule: string, about?: string) => Decided;
  /** The same where the other rule may have nothing to decide. */
  readonly decidedIfAny: (rule: string, about?: string) => Decided | undefined;
  /** Money that an hour of people's time stands for when options are compared. */
  readonly hourPrice: Formula;
}

export interface Decided {
  readonly choice: Choice;
  /** 1 where this option is chosen. */
  readonly is: (option: string) => Formula;
  /** The figure of whichever option is chosen. Options without such a figure count as 0. */
  readonly figure: (id: string) => Formula;
}
