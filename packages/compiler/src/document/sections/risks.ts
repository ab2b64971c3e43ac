import type { Decision, Design } from "@archwright/model";
import { formatted } from "../../formulas/words.ts";
import { rankedDecisions } from "../../design/ranking.ts";
import { type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { tippingPoint } from "../subject/comparison.ts";
import { chosenOption, factOf, toRecord } from "../subject/decided.ts";
import { inTurn, paragraph, prose, table, under, type Row } from "../subject/prose.ts";
import { riskRows } from "../subject/risk-list.ts";

export const risks: Section = {
  id: "risks",
  title: "Risks and trade-offs",
  tell: (subject) => {
    const rows = riskRows(subject);
    const given = tradeOffs(subject.design);
    if (rows.length + given.length === 0) return [];
    return [
      summary(subject, rows),
      ...under(
        "Risks, the gravest first",
        table(
          ["Risk", "Of", "What it would mean", "What to do"],
          rows.map(({ kind, of, means, remedy }): Row => [kind, of, means, remedy]),
        ),
        "risks-list",
      ),
      ...under("What was given up", given, "risks-trade-offs"),
      ...under("What was decided against", decidedAgainst(subject.design), "risks-decided-against"),
    ];
  },
};

function summary({ model }: Subject, rows: ReturnType<typeof riskRows>): Block {
  const [first] = rows;
  const grave = rows.filter(({ weight }) => weight >= graveFrom).length;
  if (!first) return paragraph(`Nothing that was chosen for ${model.name} breaks a constraint or hangs on an open question.`);
  return paragraph(
    `${model.name} has ${rows.length === 1 ? "one risk" : `${rows.length} risks`} that follow from the model and what was chosen`,
    grave > 0 && `, ${grave === 1 ? "one of which needs" : `${grave} of which need`} an answer before anything is built`,
    ". The gravest: ",
    first.of,
    ": ",
    first.means,
  );
}

/** What breaks a hard constraint weighs at least so much. */
const graveFrom = 100;

/** The decisions on which most hangs, with what each takes on. */
function tradeOffs(design: Design): readonly Block[] {
  const rows = important(design).map((decision): Row => {
    const { because, consequence } = chosenOption(decision);
    return [decision.question, toRecord(decision), because, consequence];
  });
  return table(["Question", "Chosen", "For the sake of", "At the price of"], rows);
}

/** How many decisions a reader keeps in mind. */
const importantMax = 12;

const important = (design: Design): readonly Decision[] => rankedDecisions(design).slice(0, importantMax);

function decidedAgainst(design: Design): readonly Block[] {
  const rows = important(design).flatMap((decision): readonly Row[] => {
    const others = decision.options.filter(({ verdict }) => verdict !== "chosen");
    const near = others.filter(({ verdict }) => verdict === "possible");
    const place = decision.options.findIndex(({ id }) => id === decision.chosen);
    const distance = (id: string): number => Math.abs(decision.options.findIndex((option) => option.id === id) - place);
    const against = [...(near.length > 0 ? near : others)].sort((one, other) => distance(one.id) - distance(other.id)).slice(0, 3);
    if (against.length === 0) return [];
    const reasons = others
      .filter(({ verdict }) => verdict === "ruled out")
      .slice(0, 2)
      .map(({ title, broken }) => `${title}: ${broken[0]?.because ?? "ruled out"}`);
    return [
      [
        toRecord(decision, decision.question),
        inTurn(against.map(({ title }) => title)),
        prose(...reasons.flatMap((reason, index) => [index === 0 ? "" : "; ", reason])),
        tippingPoint(decision, design),
      ],
    ];
  });
  const cost = factOf(design, "hour-price");
  return [
    ...table(["Question", "Against", "Ruled out because", "What would change it"], rows),
    ...(rows.length > 0 && cost
      ? [
          paragraph(
            `Between options that break nothing, the bill and the work of a month decide, an hour at ${formatted(cost.value, "money", design.currency)}.`,
          ),
        ]
      : []),
  ];
}
