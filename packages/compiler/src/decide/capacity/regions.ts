import { constant, difference, exact, one, product, quotient, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, bytesPerGigabyte, msPerSecond, secondsPerMonth } from "../../quantities/given.ts";
import { farUsers, farUsersMax } from "../far-users.ts";
import { needAtMost, type BillLine, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { regionAvailability } from "./platform.ts";
import { backInAnotherRegionMs, takeOver, turnAway } from "./recovery.ts";

const catalogue = "catalogue of decisions, 42";
const losses = constant("regions-losses", "losses of a region in a month", 0.02, "count", "general", "one in four years", [0.004, 0.08]);
const writeBytes = constant(
  "regions-write",
  "bytes of log for a row written",
  650,
  "bytes",
  "measured",
  "reliability study 2.1",
  [300, 1_600],
);
const standbyHours = constant(
  "regions-standby",
  "hours a month for a standby",
  8,
  "hours",
  "general",
  "switched to and back, every quarter",
  [4, 20],
);
const activeHours = constant(
  "regions-active",
  "hours a month for two that write",
  40,
  "hours",
  "general",
  "a quarter of a person",
  [20, 160],
);
const lossCounts = assumed({
  id: "region-loss-counts",
  words: "the promise to be back holds when a whole region is gone",
  unit: "yes/no",
  value: 0,
  range: [0, 1],
  ask: "Must it be back in time even when a whole region of the cloud is gone?",
  because: "such promises usually mean the failures of every year",
});

/** Catalogue of decisions, 42. */
export const regions: DecisionRule = {
  id: "regions",
  area: "capacity",
  question: "In how many regions does it run?",
  evidence: "sourced",
  sources: [`${catalogue} (more than one region)`],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model } = brief;
  const restore = backInAnotherRegionMs(brief);
  return [
    {
      ...weighed(brief, { regions: 1, active: 1, availability: regionAvailability, back: restore }),
      id: "one",
      title: "one region",
      because: `${model.name} has one place where everything is written, and nothing to agree upon between continents.`,
      consequence: "When the region is gone, it comes back from the last backup that lies elsewhere.",
    },
    {
      ...weighed(brief, { regions: 2, active: 1, availability: upBut(takeOver), back: takeOver, hours: standbyHours }),
      id: "two-standby",
      title: "a second region that stands by",
      because: `${model.name} has its data in a second region, seconds old.`,
      consequence: "The standby is paid for and has to be tried; what was not copied yet when the region went is lost.",
    },
    {
      ...weighed(brief, { regions: 2, active: 2, availability: upBut(turnAway), back: turnAway, hours: activeHours }),
      id: "two-active",
      title: "two regions that both answer",
      because: "Readers far away are answered near by, and the loss of a region is a minute.",
      consequence: "A write is as far away as before, or two regions may change the same row and somebody has to decide who wins.",
    },
  ];
}

interface Layout {
  readonly regions: number;
  readonly active: number;
  readonly availability: Formula;
  /** Milliseconds until it is back when a region is gone. */
  readonly back: Formula;
  readonly hours?: Formula;
}

function weighed(brief: Brief, layout: Layout): Pick<OptionRule, "needs" | "bill" | "hoursPerMonth" | "figures"> {
  const { regions: count, active, availability, back, hours = zero } = layout;
  const { promises } = brief.quantities;
  const near = needAtMost(
    farUsers(brief.model),
    farUsersMax,
    "a request from another continent waits 100 ms and more for the network alone",
  );
  return {
    needs: [
      needAtMost(
        product(difference(one, availability), secondsPerMonth),
        promises.downSecondsEach,
        "whole regions fail, and use up more than their share of what is promised",
      ),
      needAtMost(product(lossCounts, back), promises.rtoMs, "it is back that late when the region is gone"),
      ...(active > 1 ? [] : [near]),
    ],
    bill: count > 1 ? [copying(brief)] : [],
    hoursPerMonth: hours,
    figures: [
      { id: "regions", words: "regions", unit: "count", formula: exact(count) },
      { id: "active", words: "regions that answer requests", unit: "count", formula: exact(active) },
      { id: "promise", words: "availability that may be promised on it", unit: "share", formula: availability },
      { id: "recovery", words: "time to be back when a region is gone", unit: "ms", formula: back },
    ],
  };
}

/** What is left of a month when a lost region costs this many milliseconds. */
const upBut = (lost: Formula): Formula => difference(one, quotient(product(losses, lost), product(secondsPerMonth, msPerSecond)));

function copying({ quantities, price }: Brief): BillLine {
  const { work, load } = quantities;
  const writes = product(work.writes, quotient(load.mean, load.peak), secondsPerMonth);
  return {
    component: "network",
    words: "what is written, on its way to the other region",
    cost: product(quotient(product(writes, writeBytes), bytesPerGigabyte), price("region-traffic")),
  };
}
