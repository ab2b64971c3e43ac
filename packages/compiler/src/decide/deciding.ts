import { kebab, type Model } from "@archwright/model";
import { factsOf, type Facts } from "../facts/facts.ts";
import { isChosen, named, pick, product, sum, zero, type Choice, type Formula, type Input, type Named } from "../formulas/formula.ts";
import { sheetOf, type Sheet } from "../formulas/sheet.ts";
import { priceFormulas } from "../prices/price-formulas.ts";
import { assumed } from "../quantities/given.ts";
import { quantitiesOf, type Quantities } from "../quantities/quantities.ts";
import { decisions } from "./decisions.ts";
import { figureOf, totalsOf, type Totals } from "./totals.ts";
import { violationOf, type Brief, type Decided, type DecisionRule, type OptionRule, type Proposal } from "./rule.ts";

/** Everything that is to be decided of a model, as formulas: made once, worked out as often as one likes. */
export interface Undecided {
  readonly model: Model;
  readonly facts: Facts;
  readonly quantities: Quantities;
  readonly currency: string;
  readonly decisions: readonly Deciding[];
  readonly byId: ReadonlyMap<string, Deciding>;
  readonly totals: Totals;
  /** What an hour of people's time stands for. */
  readonly hourPrice: Formula;
  readonly sheet: Sheet;
}

export interface Deciding {
  /** `broker`, or `timeout:stripe.createPaymentIntent`. */
  readonly id: string;
  readonly rule: DecisionRule;
  readonly proposal: Proposal;
  readonly choice: Choice;
  readonly options: readonly Weighed[];
}

/** An option with the formulas that its figures are. */
export interface Weighed {
  readonly option: OptionRule;
  readonly violation: Formula;
  readonly score: Formula;
  readonly figures: readonly Named[];
}

/**
 * @param rules The decisions to take. Each is reckoned when the first that builds upon it asks for it, so that their order is free.
 * @throws Error if rules build upon each other in a circle, or upon one that is not in the list: a fault of the rules, not of the model.
 */
export function undecided(model: Model, rules: readonly DecisionRule[] = decisions): Undecided {
  const facts = factsOf(model);
  const quantities = quantitiesOf(facts);
  const currency = model.requirements.budget?.currency ?? "USD";
  const pins = new Map(model.requirements.pins.map(({ decision, choose }) => [kebab(decision), choose]));
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const taken = new Map<string, ReadonlyMap<string, Deciding> | "being taken">();
  const hourPrice = hourPriceOf();
  const brief: Brief = {
    model,
    facts,
    quantities,
    currency,
    price: priceFormulas(currency),
    hourPrice,
    decidedIfAny,
    decided: (rule, about) => {
      const decided = decidedIfAny(rule, about);
      if (!decided) throw new Error(`Nothing is to be decided about ${idOf(rule, about)} in this model: ask with decidedIfAny.`);
      return decided;
    },
  };
  const byId = new Map(rules.flatMap(({ id }) => [...take(id)]));
  const all = [...byId.values()];
  const totals = totalsOf(all);
  return {
    model,
    facts,
    quantities,
    currency,
    decisions: all,
    byId,
    totals,
    hourPrice,
    sheet: sheetOf([...rootsOf(all), ...Object.values(totals), hourPrice, ...numbersOf(quantities, model)]),
  };

  function decidedIfAny(rule: string, about?: string): Decided | undefined {
    const deciding = take(rule).get(idOf(rule, about));
    return deciding && decidedOf(deciding);
  }

  function take(id: string): ReadonlyMap<string, Deciding> {
    const known = taken.get(id);
    if (known === "being taken") throw new Error(`The decision ${id} builds upon itself, by way of ${beingTaken(taken)}.`);
    if (known) return known;
    const rule = ruleById.get(id);
    if (!rule) throw new Error(`There is no decision ${id} in the list of decisions.`);
    taken.set(id, "being taken");
    const decidings = rule.propose(brief).map((proposal) => weigh(rule, proposal, pins.get(id), hourPrice));
    const made = new Map(decidings.map((deciding) => [deciding.id, deciding]));
    taken.set(id, made);
    return made;
  }
}

const beingTaken = (taken: ReadonlyMap<string, unknown>): string =>
  [...taken].flatMap(([rule, state]) => (state === "being taken" ? [rule] : [])).join(", ");

const idOf = (rule: string, about: string | undefined): string => (about === undefined ? rule : `${rule}:${about}`);

function rootsOf(decidings: readonly Deciding[]): readonly Formula[] {
  return decidings.flatMap(({ choice, options }) => [
    choice,
    ...options.flatMap(({ option, figures }) => [...figures, ...(option.needs ?? []).flatMap(({ left, right }) => [left, right])]),
  ]);
}

/** What people ask for by name even where no decision hangs on it. */
function numbersOf({ load, volume, work, promises }: Quantities, model: Model): readonly Formula[] {
  return [
    load.mean,
    load.peak,
    load.events,
    load.deliveries,
    volume.bytes,
    volume.workingSet,
    work.databaseCores,
    work.applicationCores,
    work.writes,
    work.commits,
    work.egressBytes,
    ...(promises.budget ? [promises.budget] : []),
    ...model.operations.flatMap(({ id }) => [load.meanOf(id), load.peakOf(id), promises.p99Of(id), promises.chainAvailabilityOf(id)]),
    ...model.entities.flatMap(({ id }) => [volume.rowsAtHorizonOf(id), volume.bytesOf(id), work.writesTo(id), work.readsOf(id)]),
    ...model.events.map(({ id }) => load.eventPeakOf(id)),
  ];
}

function weigh(rule: DecisionRule, proposal: Proposal, pin: string | undefined, hourPrice: Formula): Deciding {
  const id = idOf(rule.id, proposal.about);
  const options = proposal.options.map((option) => weighOption(id, option, hourPrice));
  const pinned = proposal.options.findIndex((option) => option.id === pin);
  const choice: Choice = {
    kind: "choice",
    id,
    options: proposal.options.map((option) => option.id),
    of: [...options.map(({ violation }) => violation), ...options.map(({ score }) => score)],
    ...(pinned >= 0 && { pinned }),
  };
  return { id, rule, proposal, choice, options };
}

function weighOption(decision: string, option: OptionRule, hourPrice: Formula): Weighed {
  const at = `${decision}.${option.id}`;
  const of = option.title;
  const cost = named(`${at}.cost`, `what ${of} costs in a month`, "money", sum(...(option.bill ?? []).map((line) => line.cost)));
  const hours = named(`${at}.hours`, `hours of work that ${of} takes in a month`, "hours", option.hoursPerMonth ?? zero);
  const latency = option.latencyMs && named(`${at}.latency`, `what ${of} adds to a request`, "ms", option.latencyMs);
  const availability = option.availability && named(`${at}.availability`, `availability of ${of}`, "share", option.availability);
  const more = (option.figures ?? []).map(({ id, words, unit, formula }) => named(`${at}.${id}`, words, unit, formula));
  return {
    option,
    violation: sum(...(option.needs ?? []).map(violationOf)),
    score: option.score ?? sum(cost, product(hours, hourPrice)),
    figures: [
      ...(option.bill ? [cost] : []),
      ...(option.hoursPerMonth ? [hours] : []),
      ...(latency ? [latency] : []),
      ...(availability ? [availability] : []),
      ...more,
    ],
  };
}

function decidedOf({ choice, options }: Deciding): Decided {
  return {
    choice,
    is: (option) => isChosen(choice, option),
    figure: (id) => {
      const figures = options.map((option) => figureOf(option, id));
      if (figures.every((figure) => figure === undefined)) throw new Error(`No option of ${choice.id} has a figure ${id}.`);
      return pick(
        choice,
        figures.map((figure) => figure ?? zero),
      );
    },
  };
}

function hourPriceOf(): Input {
  return assumed({
    id: "hour-price",
    words: "what an hour of people's time is worth",
    unit: "money",
    value: 60,
    range: [25, 150],
    ask: "What does an hour of an engineer cost you?",
    because: "the model has no word for it",
  });
}
