import type { Decision, Model } from "@archwright/model";
import { undecided } from "../../decide/deciding.ts";
import { designOf } from "../../design/design.ts";
import { factsOf } from "../../facts/facts.ts";
import type { Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { plain } from "./prose.ts";

/** A model with all that was decided about it, tipping points left out: they take the most time. */
export function subjectOf(model: Model): Subject {
  return { model, facts: factsOf(model), design: designOf(undecided(model), { flips: false }) };
}

/** The same with another choice, or with a pin that stands instead of another: without deciding everything anew. */
export function decidedOtherwise(subject: Subject, rule: string, said: Pick<Decision, "chosen"> & Partial<Decision>): Subject {
  const decisions = subject.design.decisions.map((decision) => (decision.rule === rule ? { ...decision, ...said } : decision));
  return { ...subject, design: { ...subject.design, decisions } };
}

/** The lines of a chapter as a reader sees them: cells of a row with bars between them, pictures as who leads to whom. */
export const toldBy = ({ tell }: Section, subject: Subject): readonly string[] => tell(subject).flatMap(linesOf);

/** The lines of a chapter that say something of this. */
export const linesAbout = (section: Section, subject: Subject, words: string): readonly string[] =>
  toldBy(section, subject).filter((line) => line.includes(words));

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "heading":
      return [`${"#".repeat(block.level)} ${block.text}`];
    case "paragraph":
      return [plain(block.text)];
    case "note":
      return [`${block.tone}: ${plain(block.text)}`];
    case "list":
      return block.items.map((item) => `- ${plain(item)}`);
    case "table":
      return [block.head, ...block.rows.map((row) => row.map(plain))].map((row) => row.join(" | "));
    case "code":
      return block.text.split("\n");
    case "picture":
      return block.graph.edges.map(({ from, to, label }) => `${from} → ${to}${label === undefined ? "" : `: ${label}`}`);
    case "sequence":
      return block.sequence.messages.map(({ from, to, text }) => `${from} → ${to}: ${text}`);
  }
}
