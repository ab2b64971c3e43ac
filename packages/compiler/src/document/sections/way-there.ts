import { assumedOf, durationInWords } from "@archwright/model";
import { fewOf } from "../../decide/listing.ts";
import { factsOf } from "../../facts/facts.ts";
import { formatted } from "../../formulas/words.ts";
import { capitalised, counted, listed, rate } from "../../lint/phrases.ts";
import { code, strong, type Block, type Prose } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { amount, chosenOption, money, toRecord } from "../subject/decided.ts";
import { processOf } from "../subject/crossings.ts";
import { changedChoices, coresOf, isBroken, phasesOf, type ChangedChoice, type Phase, type Way } from "../subject/phases.ts";
import { bullets, codes, enumerated, heading, paragraph, prose, subheading, table } from "../subject/prose.ts";

/** From what stands today to what is proposed: where they differ, and the steps, each of which can be undone. */
export const wayThere: Section = {
  id: "way-there",
  title: "From today to the proposed",
  tell: (subject) => {
    const { current } = subject;
    if (!current) return [];
    const way: Way = { ...subject, current };
    const phases = phasesOf(way);
    return [
      ...opening(way, phases),
      ...brokenToday(way),
      ...choices(way),
      ...bill(way),
      ...limits(way),
      heading("The plan"),
      ...plan(way, phases),
      ...phases.flatMap((phase, index) => phaseBlocks(way, phase, index, phases)),
    ];
  },
};

function opening({ model, design, current }: Way, phases: readonly Phase[]): readonly Block[] {
  const changed = changedChoices({ model, design, current, facts: factsOf(model) }).length;
  const [from, to] = [current.design.bill, design.bill];
  return [
    paragraph(
      `${model.name} gets from today to the proposed in ${counted(phases.length, "step")}; after each of them it works, and from each one can go back. ${counted(changed, "decision")} ${changed === 1 ? "differs" : "differ"} from today.`,
      ` The bill goes from ${amount(from.total, current.design)} to ${amount(to.total, design)} a month, the work on it from ${amount(from.hours, current.design)} to ${amount(to.hours, design)}.`,
    ),
  ];
}

function brokenToday({ current: { design } }: Way): readonly Block[] {
  const broken = design.decisions.flatMap((decision) => {
    const chosen = chosenOption(decision);
    return chosen.broken.map(({ because }): Prose =>
      prose(strong(chosen.title), decision.about === undefined ? "" : ` (${decision.about})`, `: ${because}.`),
    );
  });
  return broken.length === 0 ? [] : [heading("What is broken today"), ...bullets(broken)];
}

function choices(way: Way): readonly Block[] {
  const { design, current } = way;
  const rows = changedChoices(way).map(({ today, proposed }): readonly Prose[] => [
    proposed.question,
    chosenOption(today).title,
    [toRecord(proposed)],
    reasonOf(way, { today, proposed }),
  ]);
  const only = (own: Subject["design"], other: Subject["design"]): readonly string[] => {
    const ids = new Set(other.decisions.map(({ id }) => id));
    return own.decisions.filter(({ id }) => !ids.has(id)).map(({ question }) => question);
  };
  const [added, gone] = [only(design, current.design), only(current.design, design)];
  return [
    ...(rows.length > 0 ? [heading("Where they differ"), ...table(["Question", "Today", "Proposed", "Because"], rows)] : []),
    ...(added.length > 0
      ? [
          paragraph(`${counted(added.length, "question")} ${added.length === 1 ? "is" : "are"} new:`),
          ...bullets(added.slice(0, listMax)),
          ...more(added.length - listMax),
        ]
      : []),
    ...(gone.length > 0
      ? [
          paragraph(`${counted(gone.length, "question")} no longer ${gone.length === 1 ? "arises" : "arise"}:`),
          ...bullets(gone.slice(0, listMax)),
          ...more(gone.length - listMax),
        ]
      : []),
  ];
}

const listMax = 8;
const more = (count: number): readonly Block[] =>
  count > 0 ? [paragraph(`And ${count} more, in `, { kind: "link", text: "the decisions", to: "decisions" }, ".")] : [];

/** What rules today's choice out under what is proposed, or what speaks for the new one. */
function reasonOf({ current }: Way, { today, proposed }: ChangedChoice): string {
  const option = proposed.options.find(({ id }) => id === today.chosen);
  const [broken] = option?.broken ?? [];
  if (broken) return `${capitalised(broken.because)}.`;
  return isBroken(current.design, today) ? `Today's is broken. ${chosenOption(proposed).because}` : chosenOption(proposed).because;
}

function bill({ design, current }: Way): readonly Block[] {
  const sums = (of: Subject["design"]): ReadonlyMap<string, number> => {
    const byComponent = new Map<string, number>();
    for (const { component, cost } of of.bill.lines) byComponent.set(component, (byComponent.get(component) ?? 0) + cost.value);
    return byComponent;
  };
  const [was, is] = [sums(current.design), sums(design)];
  const components = [...new Set([...was.keys(), ...is.keys()])].filter(
    (component) => Math.max(was.get(component) ?? 0, is.get(component) ?? 0) >= 0.5,
  );
  const rows = components
    .map((component) => ({ component, from: was.get(component) ?? 0, to: is.get(component) ?? 0 }))
    .sort((left, right) => Math.max(right.from, right.to) - Math.max(left.from, left.to))
    .map(({ component, from, to }): readonly Prose[] => [component, money(from, current.design), money(to, design)]);
  const total: readonly Prose[] = [
    [strong("in all")],
    money(current.design.bill.total.value, current.design),
    money(design.bill.total.value, design),
  ];
  return [heading("The bill of a month"), ...table(["Component", "Today", "Proposed"], [...rows, total], [1, 2])];
}

const limitsMax = 5;

function limits({ design, current }: Way): readonly Block[] {
  const rows = (of: Subject["design"], when: string): readonly (readonly Prose[])[] =>
    of.limits
      .slice(0, limitsMax)
      .map(({ words, because, bearsTimes }) => [
        when,
        words,
        because,
        bearsTimes < 1 ? "broken" : `${formatted(bearsTimes, "count")} times`,
      ]);
  return [
    heading("What breaks first"),
    ...table(["", "What", "Because", "At today's peak"], [...rows(current.design, "today"), ...rows(design, "proposed")], [3]),
  ];
}

function plan(way: Way, phases: readonly Phase[]): readonly Block[] {
  const lastContext = phases.findLastIndex(({ kind }) => kind === "context");
  const rows = phases.map((phase, index): readonly Prose[] => {
    const isPriced = phase.kind !== "context" || index === lastContext;
    return [
      [{ kind: "link", text: `${index + 1}. ${titleOf(phase)}`, to: anchorOf(index) }],
      whyNow(way, phase),
      isPriced ? money(phase.bill[1], way.design) : "with the next",
      isPriced ? formatted(phase.hours[1], "hours") : "with the next",
    ];
  });
  return table(["Step", "Why it is here", "Bill after it", "Work a month after it"], rows, [2, 3]);
}

const anchorOf = (index: number): string => `step-${index + 1}`;

const titles: { readonly [K in Exclude<Phase["kind"], "context">]: string } = {
  repair: "Mend what is broken today",
  release: "Release, watch and undo safely",
  hosting: "Change what it runs on",
  data: "Change what keeps and carries its data",
  guard: "Close what stands open",
  removal: "Take away what nothing uses",
};

function titleOf({ kind, context }: Phase): string {
  if (kind !== "context") return titles[kind];
  return context?.isNew ? `Build ${context.context}` : `Change ${context?.context ?? ""}`;
}

function whyNow(way: Way, { kind, context, cores, before, broken, decisions, removed }: Phase): Prose {
  const named = fewOf(decisions.map(({ proposed }) => proposed.rule.replaceAll("-", " ")));
  switch (kind) {
    case "repair":
      return `${counted(decisions.length, "choice")} of today ${decisions.length === 1 ? "breaks" : "break"} a constraint already: ${named}.`;
    case "release":
      return `Every later step is a release that may have to be taken back: ${named}.`;
    case "hosting":
      return `What carries the contexts comes before them: ${named}.`;
    case "data":
      return `It changes under the code of today, which can still say what is wrong: ${named}.`;
    case "guard":
      return `What goes over a network is closed before it does: ${named}.`;
    case "removal":
      return `Nothing reaches ${fewOf(removed.flatMap(({ ids }) => ids))} any more once the steps before are done.`;
    case "context":
      return prose(
        loadOf(way, cores),
        ...broken.map((because) => ` Broken today: ${because}.`),
        before.length > 0 && prose(" It hears ", codes(heardFrom(context, before)), ", which must be told first."),
      );
  }
}

const namedMax = 3;

function loadOf({ current }: Way, cores: number): string {
  const all = current.model.contexts.reduce((total, { name }) => total + coresOf(current.model, current.design, name), 0);
  if (cores === 0) return "Nothing is known of a load that it carries today.";
  return `At the peak its operations keep ${formatted(cores, "cores")} busy today, ${formatted(cores / all, "share")} of all.`;
}

const heardFrom = (context: Phase["context"], before: Phase["before"]): readonly string[] =>
  before.flatMap(({ tells }) => tells.filter((event) => context?.hears.includes(event)));

function phaseBlocks(way: Way, phase: Phase, index: number, phases: readonly Phase[]): readonly Block[] {
  const listOf = (title: string, items: readonly Prose[]): readonly Block[] =>
    items.length === 0 ? [] : [paragraph(strong(title)), ...bullets(items)];
  return [
    subheading(`${index + 1}. ${titleOf(phase)}`, anchorOf(index)),
    ...listOf("What changes", whatChanges(way, phase)),
    ...decisionsTable(phase),
    ...listOf("What it needs", whatItNeeds(phase, index, phases)),
    ...listOf("How to go back", howToGoBack(way, phase)),
    ...listOf("When it is done", whenDone(way, phase)),
    paragraph(strong("What it costs"), ". ", costOf(way, phase, phases)),
  ];
}

function costOf({ design }: Way, { kind, bill: bills, hours }: Phase, phases: readonly Phase[]): string {
  const places = phases.flatMap((other, place) => (other.kind === "context" ? [place + 1] : []));
  const together = kind === "context" && places.length > 1 ? `Steps ${listed(places.map(String))} together: the` : "The";
  const [from, to] = [money(bills[0], design), money(bills[1], design)];
  const [before, after] = [formatted(hours[0], "hours"), formatted(hours[1], "hours")];
  const ofBill = from === to ? `bill of a month stays at ${to}` : `bill of a month goes from ${from} to ${to}`;
  return `${together} ${ofBill}, ${before === after ? `the work on it at ${after}` : `the work on it from ${before} to ${after}`} a month.`;
}

function decisionsTable({ decisions }: Phase): readonly Block[] {
  return table(
    ["Question", "Today", "Becomes"],
    decisions.map(({ today, proposed }): readonly Prose[] => [proposed.question, chosenOption(today).title, [toRecord(proposed)]]),
  );
}

function whatChanges(way: Way, { context, before, removed }: Phase): readonly Prose[] {
  const moved = context ? movedTo(way, context.context) : undefined;
  return [
    ...before.map((other) => prose(code(other.context), " tells ", codes(heardFrom(context, [other])))),
    ...(context?.changes.map((change) => prose(code(context.context), ": ", change)) ?? []),
    ...(context && context.tells.length > 0 ? [prose(code(context.context), ": it tells ", codes(context.tells))] : []),
    ...(moved ? [moved] : []),
    ...removed.map(({ kind, ids }) => prose(`${kind} that go: `, codes(ids))),
  ];
}

function movedTo(way: Way, context: string): Prose | undefined {
  const { current } = way;
  const [was, is] = [processOf({ ...current, facts: factsOf(current.model) }, context), processOf(way, context)];
  if (was.length === 0 || was.join() === is.join()) return undefined;
  const others = is.filter((name) => name !== context);
  return prose(
    code(context),
    " leaves the process of ",
    codes(was.filter((name) => name !== context).slice(0, 4)),
    was.length > 5 ? ` and ${was.length - 5} more` : "",
    others.length > 0 ? prose(" and runs with ", codes(others)) : " and runs by itself",
    ".",
  );
}

function whatItNeeds({ before, kind }: Phase, index: number, phases: readonly Phase[]): readonly Prose[] {
  const hears = new Set(before.filter(({ isOnlyTelling }) => !isOnlyTelling).map(({ context }) => context));
  const isNeeded = ({ kind: other, context }: Phase): boolean => {
    if (kind === "removal") return other === "context";
    if (kind === "context")
      return (
        other === "release" ||
        other === "hosting" ||
        other === "data" ||
        other === "guard" ||
        (context !== undefined && hears.has(context.context))
      );
    return other === "release";
  };
  const places = phases.slice(0, index).flatMap((other, place) => (isNeeded(other) ? [place] : []));
  return places.map((place) => [
    { kind: "link", text: `step ${place + 1}`, to: anchorOf(place) } as const,
    `: ${lowered(phases[place] ? titleOf(phases[place]) : "")}`,
  ]);
}

const lowered = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

function howToGoBack({ current, model }: Way, { context, decisions, removed }: Phase): readonly Prose[] {
  const name = context?.context ?? "";
  const reached = model.operations.filter(
    (operation) =>
      operation.context === name && operation.allow.kind !== "system" && current.model.operations.some(({ id }) => id === operation.id),
  );
  const entities = model.entities.filter((entity) => entity.context === name).map(({ id }) => id);
  const kept = entities.filter((id) => current.model.entities.some((entity) => entity.id === id));
  const added = entities.filter((id) => !kept.includes(id));
  const data = decisions.filter(({ proposed }) => proposed.area === "storage");
  return [
    ...(reached.length > 0
      ? [
          prose(
            "Send ",
            codes(reached.map((operation) => operation.name)),
            " to the code of today again, which stays until the step is done.",
          ),
        ]
      : []),
    ...(added.length > 0 ? [prose(codes(added), " may be thrown away and filled anew.")] : []),
    ...(kept.length > 0
      ? [
          prose(
            "Rows of ",
            codes(kept),
            " stay where they are, and what the code of today reads of them is not changed, until nobody goes back any more.",
          ),
        ]
      : []),
    ...(decisions.length > 0
      ? [prose(`Put back what stands under Today, the last first: ${fewOf(decisions.map(({ today }) => chosenOption(today).title))}.`)]
      : []),
    ...(data.length > 0
      ? [
          prose(
            "Before the data move, a copy of them is restored once, as ",
            enumerated(data.slice(0, namedMax).map(({ proposed }) => toRecord(proposed, proposed.rule.replaceAll("-", " ")))),
            " may have to be undone with it.",
          ),
        ]
      : []),
    ...(removed.length > 0 ? ["From the backup that is made before it: this is the one step that takes something away."] : []),
  ];
}

/** What bears fifty times the peak need not be tried. */
const tellingTimes = 50;

function whenDone({ model, design, current }: Way, { kind, context, decisions, removed }: Phase): readonly Prose[] {
  const own = model.operations.filter((operation) => operation.context === context?.context && operation.slo);
  const peaks = new Map(
    model.requirements.load.map(({ operation, peakPerSecond, meanPerSecond }) => [operation, assumedOf(peakPerSecond ?? meanPerSecond)]),
  );
  const slos = own.map(({ id, name, slo }) => {
    const peak = peaks.get(id);
    return prose(
      code(name),
      ` answers 99 of 100 within ${durationInWords(slo?.p99Ms ?? 0)}${peak === undefined ? "" : ` at ${rate(peak)}`}.`,
    );
  });
  const heard = context?.hears ?? [];
  const limitOf = decisions.flatMap(({ today }) => chosenOption(today).broken.map(({ because }) => `No longer true: ${because}.`));
  const bears = decisions.flatMap(({ proposed }) =>
    design.limits
      .filter(({ decision, bearsTimes }) => decision === proposed.id && bearsTimes >= 1 && bearsTimes < tellingTimes)
      .slice(0, 1),
  );
  const waited = current.model.operations
    .filter((operation) => operation.context === context?.context && own.some(({ id }) => id === operation.id))
    .flatMap(({ calls }) => calls);
  const stillWaits = new Set(own.flatMap(({ calls }) => calls));
  const gone = [...new Set(waited.filter((call) => !stillWaits.has(call)))];
  return [
    ...limitOf,
    ...slos,
    ...(heard.length > 0 ? [prose("No ", codes(heard), " of a day is missing in what it made of them.")] : []),
    ...(gone.length > 0 ? [prose("Nothing calls ", codes(gone), " from there any more.")] : []),
    ...bears.map(
      ({ words, bearsTimes }) =>
        `A load test at the peak holds with ${words}; it should hold until ${formatted(bearsTimes, "count")} times of it.`,
    ),
    ...(kind === "release" ? [`A release of ${model.name} was taken back once, on purpose.`] : []),
    ...(removed.length > 0
      ? [
          prose(
            "Nothing was asked of ",
            listed(removed.map(({ ids }) => ids.slice(0, 3).join(", "))),
            " for as long as the longest period in which somebody uses it.",
          ),
        ]
      : []),
  ];
}
