import { code, strong, type Block, type Prose } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { formatted } from "../../formulas/words.ts";
import { capitalised, counted } from "../../lint/phrases.ts";
import { chosenOption, decisionsBy, money, toRecord } from "../subject/decided.ts";
import { bullets, enumerated, heading, paragraph, prose } from "../subject/prose.ts";

/** What is not known, best asked first, with what the answer is worth. */
export const openQuestions: Section = {
  id: "open-questions",
  title: "Open questions",
  tell: (subject) => {
    const { questions } = subject.design;
    if (questions.length === 0) return [];
    const asked = questions.filter((question) => question.asked);
    const silent = questions.filter((question) => !question.asked);
    return [
      paragraph(
        opening(subject),
        " Each answer is worth what it would change: ",
        code("archwright design --ask"),
        " asks them one by one and writes the answers into the model.",
      ),
      ...asked.flatMap((question) => told(subject, question)),
      ...(silent.length > 0 ? [heading("Nobody was asked, and it was assumed")] : []),
      ...silent.slice(0, silentMax).flatMap((question) => told(subject, question)),
      ...(silent.length > silentMax
        ? [
            paragraph(`${counted(silent.length - silentMax, "further assumption")} would change less:`),
            ...bullets(silent.slice(silentMax).map((question) => shortly(subject, question))),
          ]
        : []),
    ];
  },
};

/** Who is asked everything answers nothing. */
const silentMax = 12;

type Question = Subject["design"]["questions"][number];

function opening({ design, model }: Subject): string {
  const { questions } = design;
  const asked = questions.filter((question) => question.asked).length;
  const lows = questions.map(({ bill: [low] }) => low);
  const highs = questions.map(({ bill: [, high] }) => high);
  const swing = `The bill of a month may lie anywhere between ${money(Math.min(...lows), design)} and ${money(Math.max(...highs), design)}, depending on one of them alone.`;
  return `${counted(questions.length, "answer")} would change the design of ${model.name} or its bill; the model itself asks ${asked === 0 ? "none" : asked} of them. ${swing}`;
}

function told(subject: Subject, { ask, words, changes, bill: [low, high], breaks, ...question }: Question): readonly Block[] {
  const { design } = subject;
  const changed = changes.map((change) => changeTold(subject, question.unit, change));
  const system = changed.filter(({ isSystem }) => isSystem).map(({ text }) => text);
  const rest = changed.length - system.length;
  const effects: readonly Prose[] = [
    ...system,
    ...(rest > 0 && system.length === 0 ? changed.slice(0, itemsMax).map(({ text }) => text) : []),
    ...(rest > (system.length === 0 ? itemsMax : 0)
      ? [`${counted(system.length === 0 ? rest - itemsMax : rest, "decision")} about single items`]
      : []),
    ...(high - low > 0.5 ? [`The bill lies between ${money(low, design)} and ${money(high, design)} a month.`] : []),
    ...breaks.slice(0, breaksMax).map((broken) => prose("Breaks ", strong(broken))),
    ...(breaks.length > breaksMax ? [`Breaks ${breaks.length - breaksMax} more constraints.`] : []),
  ];
  return [{ kind: "heading", level: 3, text: ask }, paragraph(standing(subject, { words, ...question })), ...bullets(effects)];
}

const itemsMax = 4;
const breaksMax = 4;

function standing(
  { design: { currency } }: Subject,
  { words, assumed, range, unit, input }: Pick<Question, "words" | "assumed" | "range" | "unit" | "input">,
): Prose {
  const value = (number: number): string => formatted(number, unit, currency);
  return prose(`${capitalised(words)}: taken as ${value(assumed)}, may be ${value(range[0])} to ${value(range[1])} (`, code(input), ").");
}

function changeTold(
  { design }: Subject,
  unit: Question["unit"],
  { decision: id, to, at }: Question["changes"][number],
): { readonly text: Prose; readonly isSystem: boolean } {
  const decision = design.decisions.find((one) => one.id === id);
  const option = decision?.options.find((one) => one.id === to)?.title ?? to;
  const about = decision?.about === undefined ? "" : ` for ${decision.about}`;
  const words = decision ? prose(toRecord(decision, decision.rule), about) : id;
  return {
    text: prose(
      words,
      `: becomes ${option} at ${formatted(at, unit, design.currency)}`,
      decision && ` instead of ${chosenOption(decision).title}`,
      ".",
    ),
    isSystem: decision?.about === undefined,
  };
}

function shortly({ design }: Subject, { ask, changes, input }: Question): Prose {
  const rules = [...new Set(changes.flatMap(({ decision }) => design.decisions.find(({ id }) => id === decision)?.rule ?? []))];
  const links = rules.flatMap((rule) =>
    decisionsBy(design, rule)
      .slice(0, 1)
      .map((decision) => toRecord(decision, rule)),
  );
  return prose(`${ask} (`, code(input), ")", links.length > 0 ? prose(": ", enumerated(links)) : "");
}
