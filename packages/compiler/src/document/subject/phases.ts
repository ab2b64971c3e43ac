import type { Decision, Design, Model } from "@archwright/model";
import { undecided } from "../../decide/deciding.ts";
import { changesOf, type Answer } from "../../design/answers.ts";
import { placeOf, stateOf, valueOf } from "../../design/state.ts";
import type { Subject } from "../section.ts";
import { chosenOption } from "./decided.ts";
import { contextChanges, removedItems, type ContextChange } from "./model-changes.ts";

/** One step of the way, after which everything works and from which one can go back. */
export interface Phase {
  readonly kind: "repair" | "release" | "hosting" | "data" | "guard" | "context" | "removal";
  /** The context that it is about, and what else changes for its sake. */
  readonly context?: ContextChange;
  readonly before: readonly ContextChange[];
  readonly decisions: readonly ChangedChoice[];
  readonly removed: readonly { readonly kind: string; readonly ids: readonly string[] }[];
  /** Why the context cannot stay as it is: what it breaks today. */
  readonly broken: readonly string[];
  /** Processors that the operations of the context keep busy at today's peak. */
  readonly cores: number;
  /** What a month costs before and after it, and how many hours of work it takes. The contexts are priced together. */
  readonly bill: readonly [before: number, after: number];
  readonly hours: readonly [before: number, after: number];
}

export interface ChangedChoice {
  readonly today: Decision;
  readonly proposed: Decision;
}

export type Way = Subject & { readonly current: NonNullable<Subject["current"]> };

const areasOf: { readonly [K in "release" | "hosting" | "data" | "guard"]: readonly string[] } = {
  release: ["operations"],
  hosting: ["capacity", "resilience"],
  data: ["storage", "caching", "messaging"],
  guard: ["security"],
};

/** In the order in which to go: what breaks today, then how to release, what it stands on, and the contexts, those that carry most first. */
export function phasesOf(way: Way): readonly Phase[] {
  const { model, current } = way;
  const choices = changedChoices(way);
  const changes = contextChanges(current.model, model);
  const contexts = contextPhases(way, changes, choices);
  const taken = new Set(contexts.flatMap(({ decisions }) => decisions));
  const rest = choices.filter((choice) => !taken.has(choice));
  const repair = rest.filter(({ today }) => isBroken(current.design, today));
  const ofAreas = (areas: readonly string[]): readonly ChangedChoice[] =>
    rest.filter((choice) => !repair.includes(choice) && areas.includes(choice.proposed.area));
  const others = rest.filter((choice) => !repair.includes(choice) && !Object.values(areasOf).flat().includes(choice.proposed.area));
  const nothing = { before: [], removed: [], broken: [], cores: 0 };
  const phases: readonly Unpriced[] = [
    { kind: "repair", ...nothing, decisions: repair },
    { kind: "release", ...nothing, decisions: ofAreas(areasOf.release) },
    { kind: "hosting", ...nothing, decisions: [...ofAreas(areasOf.hosting), ...others] },
    { kind: "data", ...nothing, decisions: ofAreas(areasOf.data) },
    { kind: "guard", ...nothing, decisions: ofAreas(areasOf.guard) },
    ...contexts,
    { kind: "removal", ...nothing, decisions: [], removed: removedItems(current.model, model) },
  ];
  return priced(
    way,
    phases.filter(({ context, decisions, removed }) => context !== undefined || decisions.length > 0 || removed.length > 0),
  );
}

type Unpriced = Omit<Phase, "bill" | "hours">;

export function changedChoices({ design, current }: Way): readonly ChangedChoice[] {
  const before = new Map(current.design.decisions.map((decision) => [decision.id, decision]));
  return design.decisions.flatMap((proposed) => {
    const today = before.get(proposed.id);
    return today && today.chosen !== proposed.chosen ? [{ today, proposed }] : [];
  });
}

/** Whether what stands today breaks a constraint, or bears less than today's peak. */
export function isBroken({ limits }: Design, decision: Decision): boolean {
  return chosenOption(decision).broken.length > 0 || limits.some((limit) => limit.decision === decision.id && limit.bearsTimes < 1);
}

/** A context goes after those whose new events it hears, and otherwise by what it carries. */
function contextPhases(way: Way, changes: readonly ContextChange[], choices: readonly ChangedChoice[]): readonly Unpriced[] {
  const { model, current } = way;
  const own = changes.filter(({ isOnlyTelling }) => !isOnlyTelling);
  // Into how many processes it is cut, and how these reach each other, begins to matter with the first that leaves.
  const placement = choices.filter(
    ({ proposed }) => proposed.rule === "placement" || (proposed.area === "structure" && proposed.about !== undefined),
  );
  const phases = own.map((change): Unpriced => ({
    kind: "context",
    context: change,
    before: changes.filter((other) => other.context !== change.context && other.tells.some((event) => change.hears.includes(event))),
    decisions: choices.filter(({ proposed }) => proposed.about !== undefined && contextsOf(model, proposed.about).includes(change.context)),
    removed: [],
    broken: brokenOf(current, change.context),
    cores: coresOf(current.model, current.design, change.context),
  }));
  const sorted = inOrder(
    [...phases].sort((left, right) => Math.sign(right.broken.length) - Math.sign(left.broken.length) || right.cores - left.cores),
  );
  // A decision about two contexts is carried out with the first of them, and so is the cut into processes.
  const seen = new Set<ChangedChoice>();
  return sorted.map((phase, index) => {
    const first = [...new Set([...(index === 0 ? placement : []), ...phase.decisions])].filter((choice) => !seen.has(choice));
    for (const choice of first) seen.add(choice);
    return { ...phase, decisions: first };
  });
}

function inOrder(phases: readonly Unpriced[]): readonly Unpriced[] {
  const left = [...phases];
  const ordered: Unpriced[] = [];
  while (left.length > 0) {
    const isReady = ({ before }: Unpriced): boolean =>
      before.every(({ context, isOnlyTelling }) => isOnlyTelling || !left.some((other) => other.context?.context === context));
    const ready = left.findIndex(isReady);
    ordered.push(...left.splice(Math.max(0, ready), 1));
  }
  return ordered;
}

/** The contexts of what a decision is about: an item, a call between two, or the third party that a context asks. */
function contextsOf(model: Model, about: string): readonly string[] {
  const names = model.contexts.map(({ name }) => name);
  const direct = about.split("->").flatMap((id) => names.filter((name) => id === name || id.startsWith(`${name}.`)));
  if (direct.length > 0) return direct;
  const calls = model.integrations
    .filter(({ name }) => about === name || about.startsWith(`${name}.`))
    .flatMap(({ calls: own }) => own.map(({ id }) => id));
  return [
    ...new Set(model.operations.filter((operation) => operation.calls.some((call) => calls.includes(call))).map(({ context }) => context)),
  ];
}

function brokenOf({ model, design }: Way["current"], context: string): readonly string[] {
  const own = design.decisions.filter(({ about }) => about !== undefined && contextsOf(model, about).includes(context));
  return [...new Set(own.flatMap((decision) => chosenOption(decision).broken.map(({ because }) => because)))];
}

/** Work of application and database at the peak, in processors. */
export function coresOf(model: Model, { facts }: Design, context: string): number {
  const own = model.operations.filter((operation) => operation.context === context);
  return own.reduce((total, { id }) => {
    const [peak, application, database] = ["peak.all", "application", "database"].map((name) => facts[`${id}.${name}`]?.value ?? 0);
    return total + ((peak ?? 0) * ((application ?? 0) + (database ?? 0))) / 1_000;
  }, 0);
}

/** Steps before the contexts are today's model with the choices made so far; with the contexts it is the proposed one with those that are still to come. */
function priced({ model, current, design }: Way, phases: readonly Unpriced[]): readonly Phase[] {
  const [today, proposed] = [undecided(current.model), undecided(model)];
  const lastOfModel = phases.findLastIndex(({ kind }) => kind === "context");
  const sumsAfter = (index: number): Sums => {
    if (index >= lastOfModel) return [design.bill.total.value, design.bill.hours.value];
    const done = phases.slice(0, index + 1).flatMap(({ decisions }) => decisions);
    return sumsOf(
      today,
      done.flatMap((choice) => answerOf(today, choice.proposed)),
    );
  };
  const isTotal = lastOfModel < 0;
  let before: Sums = [current.design.bill.total.value, current.design.bill.hours.value];
  let atContexts: Sums | undefined;
  return phases.map((phase, index) => {
    const isContext = phase.kind === "context";
    if (isContext) atContexts ??= before;
    const after = isContext ? sumsAfter(lastOfModel) : isTotal ? sumsOf(proposed, stillToCome(proposed, phases, index)) : sumsAfter(index);
    const from = (isContext ? atContexts : undefined) ?? before;
    before = after;
    return { ...phase, bill: [from[0], after[0]], hours: [from[1], after[1]] };
  });
}

type Sums = readonly [bill: number, hours: number];
type Open = ReturnType<typeof undecided>;

function sumsOf(open: Open, answers: readonly Answer[]): Sums {
  const state = stateOf(open, changesOf(answers));
  return [valueOf(state, open.totals.cost), valueOf(state, open.totals.hours)];
}

/** Where no context changes, what is not changed yet stays as it is today. */
function stillToCome(open: Open, phases: readonly Unpriced[], index: number): readonly Answer[] {
  return phases.slice(index + 1).flatMap(({ decisions }) => decisions.flatMap(({ today }) => answerOf(open, today)));
}

/** The choice forced, where the model has it. */
function answerOf(open: Open, { id, chosen }: Decision): readonly Answer[] {
  const deciding = open.byId.get(id);
  const value = deciding?.choice.options.indexOf(chosen) ?? -1;
  return deciding && value >= 0 ? [{ place: placeOf(open, deciding.choice), value, name: id }] : [];
}
