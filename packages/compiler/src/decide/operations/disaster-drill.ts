import { constant, exact, named, product, quotient, zero, type Formula, type Input } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const general = "general";
const never = constant(
  "disaster-drill-never",
  "time to find out how, for who never did it",
  28_800,
  "s",
  general,
  "a day of work",
  [7_200, 172_800],
);
const rusty = constant(
  "disaster-drill-rusty",
  "time to find out how, a year after",
  7_200,
  "s",
  general,
  "two hours: people, keys and versions have changed",
  [1_800, 28_800],
);
const fresh = constant(
  "disaster-drill-fresh",
  "time to find out how, some weeks after",
  900,
  "s",
  general,
  "a quarter of an hour, with a page that was right lately",
  [300, 3_600],
);
const automatic = constant(
  "disaster-drill-automatic",
  "time to find out how, where a program brings a backup back every week",
  120,
  "s",
  general,
  "somebody is called, and starts it",
  [30, 600],
);
const programHours = constant(
  "disaster-drill-program-hours",
  "hours a month for a program that brings a backup back every week",
  6,
  "hours",
  general,
  "to be counted",
  [2, 30],
);
const findingShare = constant(
  "disaster-drill-share",
  "share of the time to be back for finding out how",
  0.5,
  "share",
  general,
  "the data need the rest",
  [0.2, 0.8],
);
const drillHours = constant("disaster-drill-hours", "hours for a drill", 12, "hours", general, "two people, most of a day", [4, 40]);

/** Whether the way back is tried before it is needed. */
export const disasterDrill: DecisionRule = {
  id: "disaster-drill",
  area: "operations",
  question: "How often is a restore rehearsed?",
  evidence: general,
  sources: ["catalogue of decisions, 43: restore time within the promise, rehearsed"],
  propose: (brief) => (brief.model.entities.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { name, entities } = brief.model;
  const kinds = entities.length === 1 ? "its one kind of rows" : `${entities.length} kinds of rows`;
  return [
    {
      id: "none",
      title: "no rehearsal of a restore",
      ...weighed(brief, never, zero),
      because: `${name} may be away for a day while somebody finds out how its backup is read.`,
      consequence: "Whether the backups can be read at all is found out when nothing else is left.",
    },
    {
      id: "yearly",
      title: "a restore rehearsed once a year",
      ...weighed(brief, rusty, drills(1)),
      because: `It is known that ${kinds} come back, and roughly how long they take.`,
      consequence: "Much has changed since the last drill when it counts, and most of all the people.",
    },
    {
      id: "quarterly",
      title: "a restore rehearsed every quarter",
      ...weighed(brief, fresh, drills(4)),
      because: `Somebody who has lately brought ${kinds} back does it again within what is promised.`,
      consequence: "Four days of two people in a year go into something that hopefully nobody needs.",
    },
    {
      id: "weekly",
      title: "a restore rehearsed every week, by a program",
      ...weighed(brief, automatic, programHours),
      because: `What is promised leaves no time to look anything up: the program that brings ${kinds} back every week does it once more.`,
      consequence: "The program is a system of its own, with rights to everything, and has to be watched like one.",
    },
  ];
}

const drills = (timesPerYear: number): Formula => quotient(product(drillHours, exact(timesPerYear)), exact(12));

function weighed({ quantities }: Brief, finding: Input, hours: Formula): Pick<OptionRule, "needs" | "hoursPerMonth" | "figures"> {
  const { promises, volume } = quantities;
  return {
    needs: [
      needAtMost(
        named(`${finding.id}.ms`, finding.words, "ms", product(finding, msPerSecond)),
        named(
          "disaster-drill.left",
          "part of the promised time to be back that finding out how may take",
          "ms",
          product(promises.rtoMs, findingShare),
        ),
        "finding out how takes longer than is left of the promised time to be back",
      ),
    ],
    hoursPerMonth: hours,
    figures: [
      { id: "finding-out", words: "time until the restore is under way", unit: "s", formula: finding },
      { id: "restore", words: "time that the data take to come back", unit: "ms", formula: volume.restoreMs },
    ],
  };
}
