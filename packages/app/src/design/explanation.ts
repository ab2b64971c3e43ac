import { tippingInWords } from "@archwright/compiler";
import { nearest, type Decision, type Design, type Fact, type Ground, type Option } from "@archwright/model";
import { relative } from "node:path";
import { UsageError } from "../command.ts";
import { wrap } from "../terminal/width.ts";
import { figureInWords, rangeInWords } from "./figures.ts";
import { brokenInWords, indented, type View } from "./summary.ts";

/**
 * Where a number comes from, or how a choice was made, down to what somebody has said, measured or assumed.
 *
 * @param name The id of a decision, of all decisions of a rule, or of a number; the end of one is enough where only one ends so.
 * @throws UsageError if nothing has that name.
 */
export function renderExplanation(design: Design, name: string, view: View & { readonly folder: string }): string {
  const told = explained(design, name);
  if ("decisions" in told) return `${told.decisions.map((decision) => decisionText(design, decision, view)).join("\n\n")}\n`;
  return `${factLines(design, told.id, view, new Set(), 0).join("\n")}\n`;
}

/** The same as data. */
export function explained(
  design: Design,
  name: string,
): { readonly decisions: readonly Decision[] } | { readonly id: string; readonly fact: Fact | undefined } {
  const decisions = design.decisions.filter(({ id, rule }) => id === name || rule === name);
  if (decisions.length > 0) return { decisions };
  const id = factNamed(design, name);
  return { id, fact: design.facts[id] };
}

function factNamed({ facts, decisions }: Design, name: string): string {
  if (facts[name]) return name;
  const ending = Object.keys(facts).filter((id) => id.endsWith(`.${name}`));
  const [only] = ending;
  if (only !== undefined && ending.length === 1) return only;
  const names = [...decisions.flatMap(({ id, rule }) => [id, rule]), ...Object.keys(facts)];
  const near = nearest(name, names);
  const rules = [...new Set(decisions.map(({ rule }) => rule))];
  throw new UsageError({
    what: ending.length > 1 ? `"${name}" may mean ${ending.length} numbers.` : `Nothing in this design is called "${name}".`,
    why: "A decision or a number is explained by its name.",
    fix:
      ending.length > 1
        ? `Name one of ${listed(ending)}.`
        : near === undefined
          ? `Name a decision, such as ${rules.slice(0, 5).join(", ")}.`
          : `Did you mean ${near}?`,
  });
}

const namesMax = 6;

const listed = (names: readonly string[]): string =>
  names.length > namesMax ? `${names.slice(0, namesMax).join(", ")}, or ${names.length - namesMax} more` : names.join(", ");

function decisionText(design: Design, decision: Decision, view: View): string {
  const { width, paint } = view;
  const { question, options, confidence, sources, flips, pinned } = decision;
  return [
    ...headLines(question, decision.id, "", view),
    ...options.flatMap((option) => optionLines(design, option, view)),
    ...(pinned ? indented(`Pinned: ${pinned.because}. Without the pin: ${pinned.insteadOf}.`, width) : []),
    ...(flips.length > 0
      ? [
          `  ${paint.strong("Tipping points")}`,
          ...toldFlips(design, decision).flatMap((flip) => indented(tippingInWords(design, decision, flip), width, 4)),
        ]
      : []),
    ...indented(
      `Confidence: ${confidence.level}${confidence.because.length > 0 ? `, because of ${confidence.because.slice(0, 5).join(", ")}` : ""}.`,
      width,
    ),
    ...indented(`Source: ${sources.join("; ")}.`, width).map(paint.faint),
  ].join("\n");
}

const marks: Readonly<Record<Option["verdict"], string>> = { chosen: "▶", possible: "·", "ruled out": "✗" };

const flipsMax = 8;

/** The nearest of those that somebody can answer, then of those that follow from the structure of the model. */
function toldFlips({ facts }: Design, { flips }: Decision): Decision["flips"] {
  const isCounted = ({ input }: Decision["flips"][number]): boolean => facts[input]?.ground?.kind === "counted";
  return [...flips.filter((flip) => !isCounted(flip)), ...flips.filter(isCounted)].slice(0, flipsMax);
}

/** What a number or a choice is, and the name to ask for it by. */
function headLines(text: string, id: string, indent: string, { width, paint }: View): readonly string[] {
  return wrap(`${text} [${id}]`, Math.max(30, Math.min(100, width) - indent.length - 2)).map((line, index) => {
    const name = line.indexOf(`[${id}]`);
    const shown = name < 0 ? paint.strong(line) : `${paint.strong(line.slice(0, name))}${paint.faint(line.slice(name))}`;
    return `${indent}${index === 0 ? "" : "  "}${shown}`;
  });
}

function optionLines(
  { currency }: Design,
  { title, id, verdict, figures, because, consequence, broken }: Option,
  { width, paint }: View,
): readonly string[] {
  const paintVerdict = { chosen: paint.good, possible: String, "ruled out": paint.faint }[verdict];
  const numbers = Object.entries(figures).map(
    ([name, figure]) => `${name} ${figureInWords(figure, currency)}${rangeInWords(figure, currency)}`,
  );
  return [
    ...wrap(`${marks[verdict]} ${title} [${id}]`, Math.min(100, width) - 4).map(
      (line, index) => `  ${index === 0 ? "" : "  "}${paintVerdict(line)}`,
    ),
    ...indented(numbers.join(", "), width, 4),
    ...indented(`${because} ${consequence}`, width, 4).map(paint.faint),
    ...broken.flatMap((one) => indented(brokenInWords(one, currency), width, 4).map(paint.error)),
  ];
}

const depthMax = 6;

function factLines(
  design: Design,
  id: string,
  view: View & { readonly folder: string },
  seen: Set<string>,
  depth: number,
): readonly string[] {
  const fact = design.facts[id];
  const indent = "  ".repeat(depth);
  if (!fact) return choiceLines(design, id, indent, view);
  const said = `${fact.words}: ${figureInWords(fact, design.currency)}${rangeInWords(fact, design.currency)}`;
  if (seen.has(id)) return headLines(`${said}, see above`, id, indent, view);
  seen.add(id);
  const below = depth >= depthMax ? [] : (fact.inputs ?? []).flatMap((input) => factLines(design, input, view, seen, depth + 1));
  return [...headLines(said, id, indent, view), ...reasonLines(fact, indent, view), ...below];
}

function choiceLines({ decisions }: Design, id: string, indent: string, view: View): readonly string[] {
  const decision = decisions.find((one) => one.id === id);
  return decision ? headLines(`${decision.question} ${decision.chosen}`, id, indent, view) : [];
}

function reasonLines(
  { formula, ground }: Fact,
  indent: string,
  { width, paint, folder }: View & { readonly folder: string },
): readonly string[] {
  const text = formula === undefined ? (ground ? groundInWords(ground, folder) : "") : isBareNumber.test(formula) ? "" : `= ${formula}`;
  return wrap(text, Math.max(30, Math.min(100, width) - indent.length - 2)).map((line) => `${indent}  ${paint.faint(line)}`);
}

const isBareNumber = /^[\d,.]+$/;

export function groundInWords(ground: Ground, folder: string): string {
  const place = (at: { readonly file: string; readonly line: number } | undefined): string =>
    at ? `, ${relative(folder, at.file)}:${at.line}` : "";
  switch (ground.kind) {
    case "stated":
      return `the model says it${place(ground.at)}`;
    case "counted":
      return `counted in the model${place(ground.at)}`;
    case "unknown":
      return `the model asks: ${ground.ask}${place(ground.at)}`;
    case "assumed":
      return `assumed, because ${ground.because}: ${ground.ask}`;
    case "constant":
      return `${ground.evidence === "general" ? "general knowledge, to be calibrated" : ground.evidence}: ${ground.source}`;
    case "price":
      return `price of ${ground.dated}: ${ground.source}`;
  }
}
