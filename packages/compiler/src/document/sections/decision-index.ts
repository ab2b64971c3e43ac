import type { Decision, Design } from "@archwright/model";
import { rankedDecisions } from "../../design/ranking.ts";
import { capitalised, counted } from "../../lint/phrases.ts";
import { link, strong, type Block, type Prose } from "../block.ts";
import { recordId } from "../record-id.ts";
import type { Section } from "../section.ts";
import { chosenOption, decisionsBy, toRecord } from "../subject/decided.ts";
import { bullets, enumerated, heading, paragraph, prose, table } from "../subject/prose.ts";
import { tippingInWords, tippingPoints } from "../tipping.ts";

/** Every decision in one line, those that matter most first and told at more length. */
export const decisionIndex: Section = {
  id: "decisions",
  title: "Decisions",
  tell: ({ design }) => {
    if (design.decisions.length === 0) return [];
    const pinned = design.decisions.filter((decision) => decision.pinned);
    const areas = [...new Set(design.decisions.map(({ area }) => area))];
    const system = design.decisions.filter(({ about }) => about === undefined).length;
    return [
      paragraph(
        `${design.system} rests on ${counted(design.decisions.length, "decision")}: ${system} about the whole and ${design.decisions.length - system} about single items. Each has a record with its options, the figures of all of them, and the point at which it tips.`,
        pinned.length > 0 &&
          prose(
            ` ${pinned.length === 1 ? "One was" : `${pinned.length} were`} taken by people: `,
            enumerated(pinned.map((decision) => toRecord(decision, decision.rule))),
            ".",
          ),
      ),
      ...most(design),
      ...areas.flatMap((area) => areaTable(design, area)),
    ];
  },
};

const mostMax = 5;

function most(design: Design): readonly Block[] {
  const ranked = rankedDecisions(design).slice(0, mostMax);
  const items = ranked.map((decision): Prose => {
    const [tip] = tippingPoints(design, decision, 1);
    return prose(
      strong(decision.question),
      " ",
      toRecord(decision),
      ". ",
      chosenOption(decision).because,
      tip ? ` ${tippingInWords(design, decision, tip)}` : "",
    );
  });
  return items.length === 0 ? [] : [heading("Those that matter most"), ...bullets(items)];
}

function areaTable(design: Design, area: string): readonly Block[] {
  const own = design.decisions.filter((decision) => decision.area === area);
  const system = own
    .filter(({ about }) => about === undefined)
    .map((decision) => [decision.question, [toRecord(decision)], ruledOut(decision), confidence(decision)]);
  const rules = [...new Set(own.flatMap(({ rule, about }) => (about === undefined ? [] : [rule])))];
  const items = rules.map((rule): readonly Prose[] => {
    const decisions = decisionsBy(design, rule).filter(({ about }) => about !== undefined);
    const choices = [...new Set(decisions.map((decision) => chosenOption(decision).title))];
    return [
      prose(link(rule.replaceAll("-", " "), recordId(rule)), ` for ${counted(decisions.length, "item")}`),
      choices.slice(0, 4).join(", ") + (choices.length > 4 ? `, ${choices.length - 4} more` : ""),
      "",
      "",
    ];
  });
  return [heading(capitalised(area)), ...table(["Question", "Decision", "Ruled out", "Confidence"], [...system, ...items])];
}

const ruledOut = ({ options }: Decision): string => {
  const out = options.filter(({ verdict }) => verdict === "ruled out").map(({ title }) => title);
  return out.length > 3 ? `${out.slice(0, 2).join(", ")} and ${out.length - 2} more` : out.join(", ");
};

const confidence = ({ confidence: { level }, pinned }: Decision): string => (pinned ? "pinned" : level);
