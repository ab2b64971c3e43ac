import { constant, difference, exact, not, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, hoursPerMonth, secondsPerMonth } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const general = "general";
const failing = constant("release-failing", "share of releases that fail", 0.1, "share", general, "DORA reports: 5 to 15 %", [0.02, 0.3]);
const noticing = constant("release-noticing", "time until a bad release is noticed", 600, "s", general, "ten minutes", [120, 3_600]);
const switching = constant("release-switching", "time to switch to the other set", 30, "s", general, "weights of a balancer", [5, 300]);
const plannedShare = constant(
  "release-planned",
  "share of the error budget for planned downtime",
  0.1,
  "share",
  general,
  "failures need the rest",
  [0, 0.5],
);
const canaryShare = constant("release-canary", "share of requests that meet a canary", 0.1, "share", general, "one in ten", [0.01, 0.3]);
const canaryEvents = constant(
  "release-events",
  "requests that show an error of 1 %",
  1_000,
  "count",
  general,
  "ten errors, as chance would not make them",
);
const schemaShare = constant("release-schema", "share of releases that change tables", 0.25, "share", general, "one in four", [0.05, 0.6]);
const stepHours = constant(
  "release-step",
  "hours for tables that two versions can use",
  0.5,
  "hours",
  general,
  "widen first, narrow a release later",
  [0.2, 4],
);
const bothSetsHours = constant(
  "release-both-sets",
  "hours for which both sets run",
  1,
  "hours",
  general,
  "until nobody wants to go back",
  [0.2, 24],
);
const blueHours = constant("release-blue", "hours a month for two sets", 1, "hours", general, "switch, jobs that must run once", [0.3, 4]);
const canaryHours = constant(
  "release-canary-hours",
  "hours a month for a canary",
  4,
  "hours",
  general,
  "measures, limits, going back by itself",
  [2, 12],
);

const releasesPerMonth = assumed({
  id: "releases",
  words: "releases in a month",
  unit: "/month",
  value: 8,
  range: [1, 200],
  ask: "How often in a month will a new version go live?",
  because: "the model says nothing of releases",
});

/** How a new version takes over. */
export const release: DecisionRule = {
  id: "release",
  area: "operations",
  question: "How does a new version take over?",
  evidence: "general",
  sources: ["DORA, State of DevOps: failure rate of changes", "Site Reliability Workbook, 16: canarying releases"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, quantities, decided } = brief;
  const { promises, load } = quantities;
  const hosting = decided("hosting");
  const boot = hosting.figure("boot-seconds");
  const bad = product(releasesPerMonth, failing);
  const stopped = product(releasesPerMonth, boot);
  const steps = product(releasesPerMonth, schemaShare, stepHours);
  const secondSet = quotient(product(decided("replicas").figure("cost"), releasesPerMonth, bothSetsHours), hoursPerMonth);
  const spare = sum(decided("replicas").figure("replicas"), not(hosting.is("single-machine")));
  const seen = product(load.mean, noticing, canaryShare);
  return [
    {
      id: "recreate",
      title: "stop, then start",
      ...weighed(brief, sum(stopped, product(bad, sum(noticing, boot))), zero, [
        needAtMost(stopped, product(promises.downSeconds, plannedShare), "stopping on purpose uses up what failures need"),
      ]),
      because: `Old and new ${model.name} never run at once, so that any change of a table is one step.`,
      consequence: "Every release is a short outage, and so is going back.",
    },
    {
      id: "rolling",
      title: "a rolling release",
      ...weighed(brief, product(bad, sum(noticing, boot)), steps, [
        needAtLeast(spare, exact(2), "somebody has to answer while a copy is replaced"),
      ]),
      because: `${model.name} goes on answering while its copies are replaced.`,
      consequence: "Two versions use the same tables for some minutes, so that a column is removed a release later than its last use.",
    },
    {
      id: "blue-green",
      title: "a second set and a switch (blue-green)",
      ...weighed(brief, product(bad, sum(noticing, switching)), sum(steps, blueHours), [], secondSet),
      because: `Going back takes ${model.name} seconds, as the old set is still there.`,
      consequence: "Both sets are paid for during a release, and a bad version is met by everybody until it is noticed.",
    },
    {
      id: "canary",
      title: "a canary that gets a few requests first",
      ...weighed(
        brief,
        product(bad, noticing, canaryShare),
        sum(steps, canaryHours),
        [needAtLeast(seen, canaryEvents, "with so few requests a canary shows nothing in ten minutes")],
        product(secondSet, canaryShare),
      ),
      because: "A bad version is met by one request in ten, and goes back before the others see it.",
      consequence: "Somebody has to say which numbers stop a release, and two versions run side by side for longer.",
    },
  ];
}

function weighed(
  { quantities }: Brief,
  down: Formula,
  hours: Formula,
  needs: NonNullable<OptionRule["needs"]>,
  cost: Formula = zero,
): Pick<OptionRule, "needs" | "bill" | "hoursPerMonth" | "availability" | "figures"> {
  return {
    needs: [...needs, needAtMost(down, quantities.promises.downSecondsEach, "releases would use up the error budget")],
    bill: [{ component: "processors", words: "copies that run twice during a release", cost }],
    hoursPerMonth: hours,
    availability: difference(one, quotient(down, secondsPerMonth)),
    figures: [{ id: "down", words: "downtime of a month by releases", unit: "s", formula: down }],
  };
}
