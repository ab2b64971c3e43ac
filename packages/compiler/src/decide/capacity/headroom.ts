import { atMost, constant, difference, exact, named, one, power, product, quotient, when, type Formula } from "../../formulas/formula.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

export const useAfterLoss = constant(
  "use-after-loss",
  "use of what is left when a zone is gone",
  0.8,
  "share",
  "sourced",
  "catalogue of decisions, 2: 40 % with two zones, 53 % with three",
);
const reviewYears = constant(
  "headroom-review",
  "years between two looks at the size",
  1 / 12,
  "count",
  "general",
  "the bill comes monthly, and is looked at then",
  [1 / 12, 1],
);

/** Catalogue of decisions, 2. */
export const headroom: DecisionRule = {
  id: "headroom",
  area: "capacity",
  question: "How many times the peak must what runs be able to carry?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 2 (headroom)"],
  climbsWith: ["growth"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf({ model, quantities, decided }: Brief): readonly OptionRule[] {
  const zones = decided("zones").figure("zones");
  const nextPeak = named(
    "headroom.next-peak",
    "the peak at the next look at the size, over today's",
    "count",
    power(quantities.load.yearlyGrowth, reviewYears),
  );
  const afterLoss = named(
    "headroom.after-loss",
    "what the rest carries when a zone is gone, over what it carries before",
    "count",
    when(atMost(zones, one), one, quotient(zones, difference(zones, one))),
  );
  const margin = quotient(nextPeak, useAfterLoss);
  return [1.3, 1.5, 2, 3].map((factor): OptionRule => {
    const left = useLeft(nextPeak, afterLoss, factor);
    return {
      id: `times-${String(factor).replace(".", "-")}`,
      title: `${factor} times the peak`,
      needs: [needAtMost(left, useAfterLoss, "beyond that queues grow faster than help comes when a zone is gone at the peak")],
      figures: [
        { id: "factor", words: "capacity over today's peak", unit: "count", formula: exact(factor) },
        {
          id: "margin",
          words: "the same for what loses nothing with a zone, such as a database with a standby",
          unit: "count",
          formula: margin,
        },
        { id: "use-at-peak", words: "use at today's peak", unit: "share", formula: quotient(one, exact(factor)) },
        { id: "use-after-loss", words: "use when a zone is gone at the next peak", unit: "share", formula: left },
      ],
      score: exact(factor),
      because: `${model.name} then bears its peak with ${percent(1 / factor)} of what it pays for, and keeps the rest for growth and for a lost zone.`,
      consequence: `${percent(1 - 1 / factor)} of the processors idle even at the peak.`,
    };
  });
}

const useLeft = (nextPeak: Formula, afterLoss: Formula, factor: number): Formula => quotient(product(nextPeak, afterLoss), exact(factor));

const percent = (share: number): string => `${Math.round(share * 100)} %`;
