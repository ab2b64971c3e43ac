import {
  constant,
  difference,
  exact,
  greatest,
  least,
  not,
  one,
  product,
  quotient,
  sum,
  zero,
  type Formula,
} from "../../formulas/formula.ts";
import { assumed } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, needThat, needThatNot, type BillLine, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const catalogue = "catalogue of decisions, 3";
const ratioMin = constant("autoscaling-ratio", "peak over mean from which on copies may come and go", 2, "count", "sourced", catalogue);
const windowSeconds = constant("autoscaling-window", "time until a metric shows the load", 60, "s", "general", "usual period", [10, 300]);
const busyShare = constant("autoscaling-busy", "share of the day with all copies", 0.5, "share", "general", "twelve hours", [0.2, 0.8]);
const scheduleHours = constant(
  "autoscaling-schedule",
  "hours a month for a schedule",
  1,
  "hours",
  "general",
  "holidays, campaigns",
  [0.3, 4],
);
const scalingHours = constant(
  "autoscaling-hours",
  "hours a month for scaling by itself",
  2,
  "hours",
  "general",
  "thresholds, limits",
  [1, 8],
);
const rampSeconds = assumed({
  id: "ramp",
  words: "time in which the load rises from its mean to its peak",
  unit: "s",
  value: 1_800,
  range: [60, 14_400],
  ask: "How many minutes does it take from a usual hour to the busiest one?",
  because: "the model says nothing of how fast the load rises",
});
const isPunctual = assumed({
  id: "peak-is-punctual",
  words: "the peak comes at hours that are known before",
  unit: "yes/no",
  value: 1,
  range: [0, 1],
  ask: "Is it known a day before at which hours most people come?",
  because: "most peaks follow the clock",
});

/** Catalogue of decisions, 3. */
export const autoscaling: DecisionRule = {
  id: "autoscaling",
  area: "capacity",
  question: "Does the number of copies follow the load?",
  evidence: "sourced",
  sources: [`${catalogue} (autoscaling or fixed)`],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, quantities, decided } = brief;
  const { mean, peak } = quantities.load;
  const hosting = decided("hosting");
  const kept = keptOf(brief);
  const onMachine = needThatNot(hosting.is("single-machine"), "a machine is paid for whole");
  const asFunctions = needThatNot(hosting.is("serverless"), "functions come and go by themselves");
  const scheduled = sum(busyShare, product(difference(one, busyShare), kept));
  const reaction = sum(hosting.figure("boot-seconds"), windowSeconds);
  const risen = quotient(product(difference(peak, mean), reaction), rampSeconds);
  return [
    {
      id: "fixed",
      title: "a fixed number of copies",
      needs: [asFunctions],
      ...weighed(brief, one, zero),
      because: `${model.name} is ready for its peak at any moment, and nothing has to react.`,
      consequence: "Copies idle at night, and a load beyond the headroom meets no help.",
    },
    {
      id: "scheduled",
      title: "fewer copies at quiet hours",
      needs: [onMachine, asFunctions, needThat(isPunctual, "a schedule needs hours that are known before")],
      ...weighed(brief, scheduled, scheduleHours),
      because: "The quiet hours are known before, so that nothing has to be guessed from a metric.",
      consequence: "A campaign at a quiet hour meets too few copies unless somebody has thought of it.",
    },
    {
      id: "autoscale",
      title: "copies that follow the load",
      needs: [
        onMachine,
        needAtLeast(peak, product(mean, ratioMin), "peak and mean are too close to each other to gain anything"),
        needAtMost(
          risen,
          product(mean, difference(decided("headroom").figure("factor"), one)),
          "the load rises beyond the headroom before a new copy answers",
        ),
      ],
      ...weighed(brief, kept, scalingHours),
      because: `${model.name} pays for what its load needs at the time, and grows beyond the peak that was foreseen.`,
      consequence: "New copies bring new connections to the database, and a metric that lags lets the number swing.",
    },
  ];
}

/** The share of its copies that the mean load needs; a copy in every zone, and two where there are two, stay. */
function keptOf({ quantities, decided }: Brief): Formula {
  const copies = decided("replicas").figure("replicas");
  const floor = greatest(decided("zones").figure("zones"), least(copies, exact(2)));
  return least(one, greatest(quotient(floor, copies), quotient(quantities.load.mean, quantities.load.peak)));
}

function weighed({ decided }: Brief, share: Formula, hours: Formula): Pick<OptionRule, "bill" | "hoursPerMonth" | "figures"> {
  const perCopy = not(decided("hosting").is("serverless"));
  const saved = product(decided("replicas").figure("cost"), difference(one, share), perCopy);
  const line: BillLine = {
    component: "processors",
    words: "copies that are switched off outside the peak",
    cost: product(exact(-1), saved),
  };
  return {
    bill: share === one ? [] : [line],
    hoursPerMonth: hours,
    figures: [{ id: "running", words: "share of its copies that runs, on the average", unit: "share", formula: share }],
  };
}
