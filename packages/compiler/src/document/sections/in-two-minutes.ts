import { rankedDecisions } from "../../design/ranking.ts";
import { link, strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { buildOrder } from "../subject/build-order.ts";
import { amountWithin, chosenOption, decisionOn, money, toRecord } from "../subject/decided.ts";
import { broken, enumerated, paragraph, prose, steps, under, type Part } from "../subject/prose.ts";

/** What somebody takes along who reads no further: the shape, the bill, what to build first, what breaks first, what was decided against. */
export const inTwoMinutes: Section = {
  id: "in-two-minutes",
  title: "In two minutes",
  tell: (subject) => {
    if (subject.model.operations.length + subject.model.entities.length === 0) return [];
    return [
      shape(subject),
      bill(subject),
      ...brokenNow(subject),
      ...firstToBreak(subject),
      ...under("What to build first", steps(buildOrder(subject).slice(0, 3)), "in-two-minutes-first"),
      ...under("What was decided against", against(subject), "in-two-minutes-against"),
      ...asked(subject),
    ];
  },
};

const shapeRules = ["placement", "framework", "hosting", "database", "database-size", "broker", "cache", "zones"] as const;

function shape({ model, design }: Subject): Block {
  const parts = shapeRules.flatMap((rule) => decisionOn(design, rule) ?? []).map((decision) => toRecord(decision));
  return paragraph(strong(`${model.name}: `), enumerated(parts), ".");
}

function bill({ design }: Subject): Block {
  const { total, hours, budget, perUnit, atTenTimes } = design.bill;
  const units = perUnit.map(({ words, cost }) => `${money(cost, design)} ${words}`);
  return paragraph(
    "It costs ",
    link(amountWithin(total, design), "cost"),
    " a month",
    budget !== undefined && `, ${total.value > budget ? "more than the budget" : "of a budget"} of ${money(budget, design)}`,
    `, and ${amountWithin(hours, design)} of work`,
    units.length > 0 && `; ${units.join(", ")}`,
    `. Ten times the load would cost ${money(atTenTimes.total, design)}.`,
  );
}

const shownMax = 3;

function brokenNow({ design }: Subject): readonly Block[] {
  const decisions = design.decisions.filter((decision) => chosenOption(decision).broken.length > 0);
  return decisions.slice(0, shownMax).map((decision) => {
    const [first] = chosenOption(decision).broken;
    return broken(
      "No option meets what is asked, or a pin forbids it: ",
      toRecord(decision, decision.question),
      ` ${first?.because ?? ""}.`,
    );
  });
}

function firstToBreak({ design }: Subject): readonly Block[] {
  const [first, second] = design.limits.filter(({ bearsTimes }) => bearsTimes >= 1);
  if (!first) return [];
  const said = (limit: typeof first): Part => {
    const decision = design.decisions.find(({ id }) => id === limit.decision);
    return prose(decision ? toRecord(decision) : limit.words, ` at ${limit.bearsTimes.toFixed(1)} times today's peak: ${limit.because}`);
  };
  return [
    paragraph(
      "What ",
      link("breaks first", "scaling"),
      " as the load grows is ",
      said(first),
      second && prose("; then ", said(second)),
      ".",
    ),
  ];
}

/** The alternatives of the decisions that matter most, with what speaks against each. */
function against({ design }: Subject): readonly Block[] {
  const rows = rankedDecisions(design)
    .slice(0, 5)
    .flatMap((decision): readonly Part[] => {
      const others = decision.options.filter(({ verdict }) => verdict !== "chosen");
      const [other] = [...others.filter(({ verdict }) => verdict === "possible"), ...others];
      if (!other) return [];
      const reason = other.broken[0]?.because ?? other.consequence;
      return [prose(strong(other.title), " instead of ", toRecord(decision), `: ${reason.replace(/\.$/, "")}.`)];
    });
  return rows.length === 0 ? [] : [{ kind: "list", items: rows.map((row) => prose(row)) }];
}

function asked({ design }: Subject): readonly Block[] {
  const [first] = design.questions;
  if (!first) return [];
  return [paragraph("Of what is ", link("still open", "open-questions"), ", this is worth asking first: ", strong(first.ask))];
}
