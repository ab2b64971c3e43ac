import type { Broken, Decision, Design, Limit, Question } from "@archwright/model";
import { formatted, rankedDecisions, tellingFlip, tippingInWords } from "@archwright/compiler";
import type { Paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/width.ts";
import { figureInWords } from "./figures.ts";

export interface View {
  readonly width: number;
  readonly paint: Paint;
}

/** What an architect says in two minutes: the shape, what matters most, what to ask, what it costs, and what breaks first. */
export function renderSummary(design: Design, view: View): string {
  const parts = [
    shape(design, view),
    decisions(design, view),
    questions(design, view),
    bill(design, view),
    firstToBreak(design, view),
    more(view),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The decisions that say what kind of thing it is, in the order in which one would draw it. */
const shapeOf = ["placement", "framework", "hosting", "database", "database-size", "broker", "cache", "zones"] as const;

function shape({ system, decisions: all, bill: { total, hours }, currency }: Design, { width, paint }: View): string {
  const titles = shapeOf.flatMap((id) => all.find((decision) => decision.id === id) ?? []).map(chosenTitle);
  const text = `${titles.join("; ")}. ${figureInWords(total, currency)} and ${formatted(hours.value, "hours")} of work in a month.`;
  return [paint.strong(`${system}: the shape`), ...indented(capitalised(text), width)].join("\n");
}

const shownDecisions = 5;

function decisions(design: Design, view: View): string {
  const most = rankedDecisions(design);
  if (most.length === 0) return "";
  const lines = most.slice(0, shownDecisions).flatMap((decision) => decisionLines(design, decision, view));
  return [view.paint.strong(`The decisions that matter most, of ${design.decisions.length}`), ...lines].join("\n");
}

function decisionLines(design: Design, decision: Decision, { width, paint }: View): readonly string[] {
  const chosen = decision.options.find(({ verdict }) => verdict === "chosen");
  const flip = tellingFlip(decision, design.facts);
  return [
    ...wrap(`${decision.id}: ${chosenTitle(decision)}${decision.pinned ? " (pinned)" : ""}`, Math.min(100, width) - 2).map(
      (line) => `  ${paint.good(line)}`,
    ),
    ...indented(chosen?.because ?? "", width, 4),
    ...(chosen?.broken ?? []).flatMap((broken) => indented(`Breaks: ${brokenInWords(broken, design.currency)}`, width, 4).map(paint.error)),
    ...(flip ? indented(tippingInWords(design, decision, flip), width, 4).map(paint.faint) : []),
  ];
}

const shownQuestions = 3;

function questions(design: Design, { width, paint }: View): string {
  if (design.questions.length === 0) return "";
  const lines = design.questions
    .slice(0, shownQuestions)
    .flatMap((question) => [
      ...wrap(question.ask, width - 2).map((line) => `  ${paint.warning(line)}`),
      ...indented(worthInWords(design, question), width, 4),
    ]);
  return [
    paint.strong(`Worth asking, of ${design.questions.length} open ${design.questions.length === 1 ? "question" : "questions"}`),
    ...lines,
  ].join("\n");
}

/** "Taken as 60/s, may be 20/s to 400/s: changes broker, database-size; the bill is 210 to 900 EUR." */
export function worthInWords({ currency }: Pick<Design, "currency">, question: Question): string {
  const {
    changes,
    bill: [low, high],
    breaks,
    assumed,
    range,
    unit,
  } = question;
  const value = (number: number): string => formatted(number, unit, currency);
  const changed = [...new Set(changes.map(({ decision }) => decision))];
  const worth = [
    changed.length > 0 ? `changes ${changed.slice(0, 4).join(", ")}${changed.length > 4 ? ` and ${changed.length - 4} more` : ""}` : "",
    high - low > 0.5 ? `the bill lies between ${formatted(low, "money", currency)} and ${formatted(high, "money", currency)}` : "",
    ...breaks.slice(0, 1).map((broken) => `breaks ${broken}`),
  ].filter(Boolean);
  return `Taken as ${value(assumed)}, may be ${value(range[0])} to ${value(range[1])}: ${worth.join("; ")}.`;
}

/** Components that come to less of the bill are told together. */
const smallShare = 0.01;

function bill({ bill: of, currency }: Design, { width, paint }: View): string {
  const money = (value: number): string => formatted(value, "money", currency);
  const byComponent = new Map<string, number>();
  for (const { component, cost } of of.lines) byComponent.set(component, (byComponent.get(component) ?? 0) + cost.value);
  const sorted = [...byComponent].sort(([, left], [, right]) => right - left);
  const small = sorted.filter(([, cost]) => Math.abs(cost) < smallShare * of.total.value);
  const shown = small.length > 1 ? sorted.filter((row) => !small.includes(row)) : sorted;
  const rest = small.length > 1 ? [[`${small.length} smaller ones`, small.reduce((sum, [, cost]) => sum + cost, 0)] as const] : [];
  const rows = [...shown, ...rest, ["together", of.total.value] as const].map(([component, cost]) => [component, money(cost)] as const);
  const labelWidth = Math.max(...rows.map(([component]) => component.length)) + 2;
  const valueWidth = Math.max(...rows.map(([, cost]) => cost.length));
  const lines = rows.map(([component, cost]) => `  ${component.padEnd(labelWidth)}${cost.padStart(valueWidth)}`);
  const range =
    of.total.low === undefined || of.total.high === undefined
      ? ""
      : `${money(of.total.low)} to ${money(of.total.high)}, as the open questions are answered. `;
  const per = of.perUnit.map(({ words, cost }) => `${money(cost)} ${words}`).join(", ");
  const isOver = of.budget !== undefined && of.total.value > of.budget;
  const budget = of.budget === undefined ? "" : `${isOver ? "Over" : "Within"} the budget of ${money(of.budget)}.`;
  return [
    paint.strong("The bill of a month"),
    ...lines.slice(0, -1),
    paint.strong(lines.at(-1) ?? ""),
    ...(budget === "" ? [] : [`  ${isOver ? paint.error(budget) : paint.good(budget)}`]),
    ...indented(
      `${range}${per === "" ? "" : `${capitalised(per)}. `}At ten times the load: ${money(of.atTenTimes.total)}${changesInWords(of.atTenTimes.changes.length)}.`,
      width,
    ),
  ].join("\n");
}

const changesInWords = (count: number): string =>
  count === 0 ? ", with nothing decided otherwise" : `, with ${count} ${count === 1 ? "decision" : "decisions"} changed`;

function firstToBreak({ limits, currency }: Design, { width, paint }: View): string {
  const broken = limits.filter(({ bearsTimes }) => bearsTimes < 1);
  const [first, second] = limits.filter(({ bearsTimes }) => bearsTimes >= 1);
  return [
    ...(broken.length > 0
      ? [
          paint.error("Broken as it stands"),
          ...broken.slice(0, 3).flatMap((limit) => indented(limitInWords(limit, currency), width)),
          ...(first ? [""] : []),
        ]
      : []),
    ...(first ? [paint.strong("First to break as the load grows"), ...indented(limitInWords(first, currency), width)] : []),
    ...(second ? indented(`Then: ${limitInWords(second, currency)}`, width).map(paint.faint) : []),
  ].join("\n");
}

export function limitInWords({ decision, words, because, is, limit, bearsTimes }: Limit, currency: string): string {
  const [now, most] = [is, limit].map(({ value, unit }) => formatted(value, unit, currency));
  const what = `${decision} (${words})`;
  if (bearsTimes < 1) return `${what}: ${now} is ${is.value < limit.value ? "less" : "more"} than ${most}; ${because}.`;
  return `${what}, at ${formatted(bearsTimes, "count")} times today's peak (now ${now}, at ${is.value > limit.value ? "least" : "most"} ${most}): ${because}.`;
}

/** What is reckoned at length is told by its reason. */
const readableMax = 90;

/** "people who build and run it: 3 people, below 5 people; with fewer people …": some limits are least ones, and some are conditions. */
export function brokenInWords({ is, limit, because }: Broken, currency: string): string {
  // A number by definition has no other words than itself.
  const told = isBare(is) ? limit : is;
  const other = told === is ? limit : is;
  if (told.unit === "yes/no" && isBare(other)) return `${told.words}: ${figureInWords(told, currency)}; ${because}.`;
  const numbers = `${figureInWords(told, currency)}, ${told.value < other.value ? "below" : "above"} ${figureInWords(other, currency)}`;
  return told.words.length > readableMax ? `${because}: ${numbers}.` : `${told.words}: ${numbers}; ${because}.`;
}

const isBare = ({ words }: Broken["is"]): boolean => /^[\d,.]+$/.test(words);

function more({ paint, width }: View): string {
  const text =
    "archwright design -o docs/design writes it all, --what-if team=12 supposes, --ask asks, and archwright explain <name> tells how a choice was made or where a number comes from.";
  return wrap(text, Math.min(100, width)).map(paint.faint).join("\n");
}

const chosenTitle = ({ options, chosen }: Decision): string => options.find(({ id }) => id === chosen)?.title ?? chosen;
const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

export function indented(text: string, width: number, by = 2): readonly string[] {
  return wrap(text, Math.min(100, width) - by).map((line) => `${" ".repeat(by)}${line}`);
}
