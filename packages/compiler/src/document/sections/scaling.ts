import type { Decision, Design, Limit } from "@archwright/model";
import { formatted } from "../../formulas/words.ts";
import { strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { tippingPoint } from "../subject/comparison.ts";
import { amount, chosenOption, decisionOn, factTold, figureOf, money, toRecord } from "../subject/decided.ts";
import { broken, paragraph, prose, table, under, warning, type Part, type Row } from "../subject/prose.ts";

export const scaling: Section = {
  id: "scaling",
  title: "Scaling and bottlenecks",
  tell: (subject) => {
    const { design } = subject;
    const limits = firstOfEach(design.limits);
    return [
      ...summary(subject, limits),
      ...under("What breaks first, and then", limitRows(design, limits), "scaling-limits"),
      ...under("Room to grow", growth(design), "scaling-room"),
      ...under("At ten times the load", tenTimes(subject), "scaling-ten-times"),
    ];
  },
};

/** A decision may have several needs that say nearly the same: the one that breaks first is told. */
function firstOfEach(limits: readonly Limit[]): readonly Limit[] {
  const seen = new Set<string>();
  return limits.filter(({ decision, because }) => {
    const key = `${decision} ${because}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Below this share of today's load nothing depends on the load any more. */
const alwaysBelow = 0.002;

function summary({ model, design }: Subject, limits: readonly Limit[]): readonly Block[] {
  const [peak, mean] = [factTold(design, "load.peak"), factTold(design, "load.mean")];
  const now = limits.filter(({ bearsTimes }) => bearsTimes < 1);
  const [first, second] = limits.filter(({ bearsTimes }) => bearsTimes >= 1);
  const [worst] = now.filter(({ bearsTimes }) => bearsTimes > alwaysBelow);
  const lead = paragraph(
    peak && `${model.name} is asked ${peak} at its peak, and ${mean ?? "less"} on the average. `,
    !worst &&
      first &&
      prose(
        "As chosen, it bears ",
        strong(times(first)),
        " today's peak. What gives way first then is ",
        recordOf(design, first),
        `: ${first.because}. `,
      ),
    !worst && second && prose("Then, at ", times(second), ", ", recordOf(design, second), `: ${second.because}.`),
    worst && first && prose("Among what bears today's peak, ", recordOf(design, first), " gives way first, at ", times(first), "."),
    !worst && !first && "Up to a thousand times the load no hard constraint of what was chosen breaks because of it.",
  );
  if (!worst) return [lead];
  const others = now.filter(({ bearsTimes }) => bearsTimes > alwaysBelow).length - 1;
  return [
    lead,
    broken(
      "As chosen, it does not bear today's peak: ",
      recordOf(design, worst),
      ` gives way at ${times(worst)} that load: ${worst.because}.`,
      others > 0 && ` ${others === 1 ? "One more limit is" : `${others} more limits are`} exceeded.`,
    ),
  ];
}

const times = ({ bearsTimes }: Limit): string => `${formatted(bearsTimes, "count")} times`;

function recordOf(design: Design, { decision, words }: Limit): Part {
  const found = design.decisions.find(({ id }) => id === decision);
  return found ? toRecord(found, `${words.split(":")[0] ?? words} (${aboutIn(found)})`) : words;
}

const aboutIn = ({ rule, about }: Decision): string => `${rule.replaceAll("-", " ")}${about === undefined ? "" : ` of ${about}`}`;

function limitRows(design: Design, limits: readonly Limit[]): readonly Block[] {
  const rows = limits.map((limit): Row => [
    limit.bearsTimes <= alwaysBelow
      ? "at any load"
      : limit.bearsTimes < 1
        ? strong(`${formatted(limit.bearsTimes, "count")} ×: exceeded`)
        : `${formatted(limit.bearsTimes, "count")} ×`,
    recordOf(design, limit),
    limit.because,
    // Of a formula without a name the unit is guessed from its parts: only two that agree can be compared.
    limit.is.unit === limit.limit.unit && `${amount(limit.is, design)} of ${amount(limit.limit, design)}`,
  ]);
  return table(["Today's peak times", "What gives way", "Why that is a limit", "Today, and its limit"], rows, [0]);
}

function growth(design: Design): readonly Block[] {
  const decisions = ["headroom", "replicas", "autoscaling", "database", "database-size", "pool-size", "shard-key", "partitions"].flatMap(
    (rule) => decisionOn(design, rule) ?? [],
  );
  const rows = decisions
    .filter(({ chosen }) => chosen !== "none")
    .map((decision): Row => [decision.question, toRecord(decision), chosenOption(decision).because, tippingPoint(decision, design)]);
  return table(["Question", "Chosen", "Because", "What would change it"], rows);
}

function tenTimes({ model, design }: Subject): readonly Block[] {
  const { bill } = design;
  if (model.requirements.load.length === 0 && bill.atTenTimes.changes.length === 0) return [];
  const factor = bill.total.value > 0 ? bill.atTenTimes.total / bill.total.value : 0;
  const rows = bill.atTenTimes.changes.flatMap(({ decision, from, to }): readonly Row[] => {
    const found = design.decisions.find(({ id }) => id === decision);
    const titleOf = (option: string): string => found?.options.find(({ id }) => id === option)?.title ?? option;
    return found ? [[toRecord(found, found.question), titleOf(from), titleOf(to)]] : [];
  });
  const headroom = figureOf(decisionOn(design, "headroom"), "factor");
  return [
    paragraph(
      `Ten times the load would cost ${money(bill.atTenTimes.total, design)} a month instead of ${money(bill.total.value, design)}, ${formatted(factor, "count")} times as much. `,
      rows.length === 0
        ? "Not one decision would change."
        : `${rows.length === 1 ? "One decision" : `${rows.length} decisions`} would change:`,
    ),
    ...table(["Decision", "Today", "At ten times the load"], rows),
    ...(headroom && factor > 0 && design.limits.some(({ bearsTimes }) => bearsTimes >= 1 && bearsTimes < headroom.value)
      ? [
          warning(
            `The headroom that was chosen is ${amount(headroom, design)} times the peak, but `,
            inlineLimits(design, headroom.value),
            " do not bear that much.",
          ),
        ]
      : []),
  ];
}

function inlineLimits(design: Design, below: number): string {
  const weak = firstOfEach(design.limits).filter(({ bearsTimes }) => bearsTimes >= 1 && bearsTimes < below);
  return [
    ...new Set(
      weak
        .map(({ decision }) => design.decisions.find(({ id }) => id === decision))
        .flatMap((decision) => (decision ? [`${chosenOption(decision).title} (${aboutIn(decision)})`] : [])),
    ),
  ].join(", ");
}
