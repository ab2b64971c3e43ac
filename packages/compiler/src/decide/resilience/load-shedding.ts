import { constant, exact, named, product, zero } from "../../formulas/formula.ts";
import { assumed, counted } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { capacityOf } from "./capacity.ts";

const shedFrom = constant(
  "load-shedding-use",
  "share of the processors from which on waiting grows faster than the load",
  0.85,
  "share",
  "sourced",
  "catalogue of decisions, 15",
  [0.7, 0.95],
);
const surge = assumed({
  id: "surge",
  words: "a day that nobody foresaw, over the usual peak",
  unit: "count",
  value: 2,
  range: [1, 10],
  ask: "How many times the usual peak might come on a day that nobody foresaw?",
  because: "the model tells of the usual peak",
});

/** Catalogue of decisions, 15. */
export const loadShedding: DecisionRule = {
  id: "load-shedding",
  area: "resilience",
  question: "What is refused first when there is more than can be done?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 15 (load-shed order)", "Google SRE, Handling Overload: criticality of requests"],
  propose: (brief) => (brief.model.operations.every(({ allow }) => allow.kind === "system") ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model } = brief;
  const classes = counted("load-shedding.classes", "classes of requests that matter more and less", classesOf(brief).size, model.name);
  const { use } = capacityOf(brief);
  return [
    {
      id: "none",
      title: "refusal of whoever comes last",
      needs: [
        needAtMost(
          named("load-shedding.surge-use", "share of the processors in use on a day that nobody foresaw", "share", product(use, surge)),
          shedFrom,
          "on a day that nobody foresaw all requests get slow, those that matter most among them",
        ),
      ],
      hoursPerMonth: zero,
      figures: [{ id: "use", words: "share of the processors in use on such a day", unit: "share", formula: product(use, surge) }],
      because: "Even a day that nobody foresaw leaves the processors room, and no order has to be kept up.",
      consequence: "Should more come all the same, an order is refused as readily as a look at a list.",
    },
    {
      id: "by-class",
      title: "refusal of what matters least",
      needs: [needAtLeast(classes, exact(2), "nothing in this model matters more than the rest")],
      hoursPerMonth: exact(1),
      figures: [{ id: "use", words: "share of the processors from which on requests are refused", unit: "share", formula: shedFrom }],
      because: `${sentenceOf(brief)} goes on while the rest is refused.`,
      consequence: "Each new operation has to be given a class, and the refusal of the lowest has to be rehearsed.",
    },
  ];
}

type Class = "promised" | "changing" | "reading";

/** What has a promise matters more than what has none, and what changes something more than what only looks. */
function classesOf({ model }: Brief): ReadonlySet<Class> {
  return new Set(
    model.operations
      .filter(({ allow }) => allow.kind !== "system")
      .map(({ slo, kind }) => (slo ? "promised" : kind === "command" ? "changing" : "reading")),
  );
}

function sentenceOf({ model }: Brief): string {
  const outside = model.operations.filter(({ allow }) => allow.kind !== "system");
  const first = outside.find(({ slo }) => slo !== undefined) ?? outside.find(({ kind }) => kind === "command");
  return first?.name ?? "What changes something";
}
