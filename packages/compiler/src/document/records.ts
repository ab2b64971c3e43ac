import type { Decision, Design, Option } from "@archwright/model";
import { decisions as rules } from "../decide/decisions.ts";
import { capitalised } from "../lint/phrases.ts";
import { code, strong, type Block, type Prose } from "./block.ts";
import type { DecisionRecord, Wanted } from "./document.ts";
import { recordId } from "./record-id.ts";
import { amount, amountWithin, chosenOption } from "./subject/decided.ts";
import { bullets, heading, paragraph, prose, table } from "./subject/prose.ts";
import { tippingInWords, tippingPoints } from "./tipping.ts";

/** Rules that say how tables look, which is nobody's question where these are given. */
const schemaRules = new Set(["database-class", "normalization", "keys", "indexes", "partitioning", "shard-key", "row-security"]);

/** One record for each decision about the system, and one for each rule about single items, in the order in which they were taken. */
export function recordsOf(design: Design, { schema }: Wanted): readonly DecisionRecord[] {
  const told = design.decisions.filter(({ rule }) => schema || !schemaRules.has(rule));
  const ruleIds = [...new Set(told.map(({ rule }) => rule))];
  const parts = ruleIds.flatMap((rule) => {
    const own = told.filter((decision) => decision.rule === rule);
    const ofItems = own.filter(({ about }) => about !== undefined);
    return [
      ...own.filter(({ about }) => about === undefined).map((decision) => systemRecord(design, decision)),
      ...(ofItems.length > 0 ? [itemsRecord(design, rule, ofItems)] : []),
    ];
  });
  return parts.map((part, index) => ({ ...part, number: index + 1 }));
}

type Unnumbered = Omit<DecisionRecord, "number">;

function systemRecord(design: Design, decision: Decision): Unnumbered {
  const chosen = chosenOption(decision);
  return {
    id: recordId(decision),
    alsoCalled: [],
    title: decision.question,
    chosen: capitalised(chosen.title),
    blocks: [
      heading("Context"),
      ...inputsBlocks(design, decision),
      heading("Options"),
      ...optionsTable(design, decision),
      ...bullets(decision.options.filter(({ verdict }) => verdict !== "chosen").map((option) => optionTold(design, option))),
      heading("Decision"),
      paragraph(strong(capitalised(chosen.title)), ". ", chosen.because),
      ...standing(design, decision),
      heading("Consequence"),
      paragraph(chosen.consequence),
      ...confidenceBlocks(design, decision),
      ...tippingBlocks(design, decision),
      ...sourceBlocks(decision),
    ],
  };
}

function itemsRecord(design: Design, rule: string, decisions: readonly Decision[]): Unnumbered {
  const choices = new Map<string, number>();
  for (const decision of decisions) choices.set(chosenOption(decision).title, (choices.get(chosenOption(decision).title) ?? 0) + 1);
  const [only, ...others] = choices.keys();
  return {
    id: recordId(rule),
    alsoCalled: decisions.map(recordId),
    title: rules.find(({ id }) => id === rule)?.question ?? rule,
    chosen:
      others.length === 0
        ? `${capitalised(only ?? "")}${decisions.length > 1 ? `, ${decisions.length} times` : ""}`
        : `Decided for each of ${decisions.length}`,
    blocks: [
      heading("Context"),
      paragraph(
        `Decided for ${decisions.length === 1 ? "one item" : `each of ${decisions.length} items`} of ${design.system} on its own numbers.`,
      ),
      heading("Decisions"),
      ...table(
        ["Item", "Decision", "Because", "Tips"],
        decisions.map((decision) =>
          [
            code(decision.about ?? ""),
            strong(capitalised(chosenOption(decision).title)),
            chosenOption(decision).because,
            tipOf(design, decision),
          ].map((cell) => prose(cell)),
        ),
      ),
      heading("Options"),
      ...optionsOfItems(design, decisions),
      ...decisions.flatMap((decision) => standing(design, decision)),
      heading("Consequence"),
      ...bullets(
        [...new Map(decisions.map((decision) => [chosenOption(decision).consequence, decision]))].map(([consequence, { about = "" }]) =>
          prose(code(about), ": ", consequence),
        ),
      ),
      ...sourceBlocks(decisions[0]),
    ],
  };
}

function tipOf(design: Design, decision: Decision): string {
  const [first] = tippingPoints(design, decision, 1);
  return first ? tippingInWords(design, decision, first) : "";
}

/** What it was weighed against: for each item the other options with what each would be, or what rules it out. */
function optionsOfItems(design: Design, decisions: readonly Decision[]): readonly Block[] {
  const rows = decisions.flatMap((decision) =>
    decision.options.map((option): readonly Prose[] => [
      prose(code(decision.about ?? "")),
      option.verdict === "chosen" ? [strong(option.title)] : option.title,
      figuresTold(design, decision, option),
      option.verdict === "ruled out" ? `ruled out: ${brokenInWords(design, option)}` : option.verdict,
    ]),
  );
  return table(["Item", "Option", "Figures", "Verdict"], rows);
}

function figuresTold(design: Design, { options }: Decision, option: Option): string {
  return varyingFigures(options)
    .flatMap((name) => {
      const figure = option.figures[name];
      return figure ? [`${figureName(name)} ${amount(figure, design)}`] : [];
    })
    .join("; ");
}

/** The numbers that were given for it, those first that tip it. */
function inputsBlocks(design: Design, decision: Decision): readonly Block[] {
  const tipping = tippingPoints(design, decision, 99).map(({ input }) => input);
  const given = [...new Set([...tipping, ...decision.inputs])].flatMap((id) => {
    const fact = design.facts[id];
    const kind = fact?.ground?.kind;
    return fact && (kind === "stated" || kind === "unknown" || kind === "assumed") && id !== "load.scale" ? [{ id, fact, kind }] : [];
  });
  const shown = [
    ...given.filter(({ kind }) => kind === "unknown"),
    ...given.filter(({ kind }) => kind === "stated"),
    ...given.filter(({ kind }) => kind === "assumed"),
  ].slice(0, inputsMax);
  const rows = shown.map(({ id, fact, kind }): readonly Prose[] => [
    fact.words,
    amountWithin(fact, design),
    grounds[kind],
    prose(code(id)),
  ]);
  const more = given.length - shown.length;
  if (rows.length === 0) return [paragraph(`What ${design.system} is made of decides it, and no number that somebody said.`)];
  return [
    ...table(["It rests on", "Value", "Which is", "Name"], rows),
    ...(more > 0 ? [paragraph(`And on ${more} more numbers: `, code(`archwright explain ${decision.id}`), " tells them all.")] : []),
  ];
}

const inputsMax = 8;
const grounds = { unknown: "assumed, as the question is open", stated: "stated", assumed: "assumed, as nobody said" } as const;

function optionsTable(design: Design, { options }: Decision): readonly Block[] {
  const names = varyingFigures(options);
  return table(
    ["Option", "Verdict", ...names.map(figureName)],
    options.map((option): readonly Prose[] => [
      option.verdict === "chosen" ? [strong(option.title)] : option.title,
      option.verdict,
      ...names.map((name) => {
        const figure = option.figures[name];
        return figure ? amount(figure, design) : "";
      }),
    ]),
    names.map((_, index) => index + 2),
  );
}

/** A figure that is the same for all tells no option from another. */
function varyingFigures(options: readonly Option[]): readonly string[] {
  const names = [...new Set(options.flatMap(({ figures }) => Object.keys(figures)))];
  return names.filter((name) => new Set(options.map(({ figures }) => figures[name]?.value)).size > 1);
}

const figureName = (name: string): string => ({ cost: "money a month", hours: "work a month" })[name] ?? name.replaceAll("-", " ");

function optionTold(design: Design, option: Option): Prose {
  if (option.verdict === "ruled out") return [strong(capitalised(option.title)), ` is ruled out: ${brokenInWords(design, option)}.`];
  return [strong(capitalised(option.title)), `. ${option.because} But: ${option.consequence}`];
}

function brokenInWords({ currency }: Design, { broken }: Option): string {
  return broken
    .map(({ is, limit, because }) => {
      if (is.unit === "yes/no" || limit.unit === "yes/no" || (is.words === "1" && limit.words === "0")) return because;
      const [now, most] = [amount(is, { currency }), amount(limit, { currency })];
      if (isPlainCount(is.words)) return `${because} (${limit.words} is ${most}, and ${now} is needed)`;
      return `${because} (${shortened(is.words)} is ${now}, and may be ${most})`;
    })
    .join("; ");
}

const isPlainCount = (words: string): boolean => /^[\d.,]+$/.test(words);
const shortened = (words: string): string => (words.length <= wordsMax ? words : "it");
const wordsMax = 110;

/** Where a person decided, and where even the best breaks something. */
function standing(design: Design, decision: Decision): readonly Block[] {
  const { pinned, options, about } = decision;
  const chosen = chosenOption(decision);
  const instead = pinned && options.find(({ id }) => id === pinned.insteadOf)?.title;
  const item = about === undefined ? "" : `${about}: `;
  return [
    ...(pinned
      ? [
          paragraph(
            `${item}Decided by people, not by numbers: ${pinned.because}.${pinned.insteadOf === chosen.id ? " The numbers say the same." : ` By the numbers it would be ${instead ?? pinned.insteadOf}.`}`,
          ),
        ]
      : []),
    ...(chosen.broken.length > 0
      ? [
          {
            kind: "note" as const,
            tone: "error" as const,
            text: `${item}What was chosen breaks a constraint, as every option does or as it is pinned: ${brokenInWords(design, chosen)}.`,
          },
        ]
      : []),
  ];
}

function confidenceBlocks({ facts }: Design, { confidence: { level, because } }: Decision): readonly Block[] {
  const names = because.map((id) => facts[id]?.words ?? id);
  const text = {
    high: "High: no open number changes the choice anywhere in its range.",
    medium: `Medium: what was assumed about ${names.join(", ")} would change the choice within its range.`,
    low: `Low: an open question of the model decides it: ${names.join(", ")}.`,
  }[level];
  return [heading("Confidence"), paragraph(text)];
}

function tippingBlocks(design: Design, decision: Decision): readonly Block[] {
  const points = tippingPoints(design, decision);
  return points.length === 0 ? [] : [heading("Tipping points"), ...bullets(points.map((flip) => tippingInWords(design, decision, flip)))];
}

function sourceBlocks(decision: Decision | undefined): readonly Block[] {
  if (!decision) return [];
  const { evidence, sources } = decision;
  const rests = {
    measured: "It rests on what was measured.",
    sourced: "It rests on published numbers.",
    general: "It rests on general experience, which is weaker than a number.",
  }[evidence];
  return [heading("Sources"), paragraph(rests), ...bullets(sources)];
}
