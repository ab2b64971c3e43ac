import { constant, difference, one, product, quotient, type Formula } from "../../formulas/formula.ts";
import { secondsPerMonth } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const catalogue = "catalogue of decisions, 46, and reliability study 2.2";
const burn = constant("alerts-burn", "times the rate that uses up the budget in a month", 14.4, "count", "sourced", catalogue);
const windowSeconds = constant("alerts-window", "long window of a page", 3_600, "s", "sourced", catalogue);
const eventsMin = constant(
  "alerts-events",
  "failures that the promise itself allows in the window",
  10,
  "count",
  "general",
  catalogue,
  [3, 30],
);
const threshold = constant(
  "alerts-threshold",
  "share of errors at which a fixed alert speaks",
  0.01,
  "share",
  "general",
  "below it chance speaks",
  [0.005, 0.05],
);
const thresholdSeconds = constant("alerts-threshold-time", "time that it waits", 300, "s", "general", "five minutes", [60, 900]);
const probeSeconds = constant("alerts-probe", "time between two probes", 60, "s", "general", "once a minute", [10, 300]);
const probesFailed = constant("alerts-probes", "probes that fail before it speaks", 3, "count", "general", "one may be lost", [1, 5]);
const burnHours = constant("alerts-burn-hours", "hours a month for burn rates", 1, "hours", "general", "a look at each page", [0.5, 4]);
const fixedHours = constant("alerts-fixed-hours", "hours a month for fixed alerts", 0.5, "hours", "general", "limits", [0.2, 8]);
const probeHours = constant(
  "alerts-probe-hours",
  "hours a month for probes",
  1.5,
  "hours",
  "general",
  "a user and data for them",
  [0.5, 6],
);

/** Catalogue of decisions, 46. */
export const alerts: DecisionRule = {
  id: "alerts",
  area: "operations",
  question: "What wakes somebody?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 46 (alerts)", "Site Reliability Workbook, 5: alerting on SLOs"],
  propose: (brief) => (brief.model.operations.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf({ model, quantities, price }: Brief): readonly OptionRule[] {
  const { promises, load } = quantities;
  const allowed = difference(one, promises.availability);
  const needed = quotient(eventsMin, allowed);
  const probes = quotient(secondsPerMonth, probeSeconds);
  return [
    {
      id: "threshold",
      title: "alerts at a fixed share of errors",
      needs: [
        needAtMost(threshold, allowed, "errors below the limit would break the promise, and nobody would hear of it"),
        needAtLeast(
          product(load.mean, thresholdSeconds),
          quotient(one, threshold),
          "with so few requests a single error is above the limit",
        ),
      ],
      bill: [],
      hoursPerMonth: fixedHours,
      figures: figures(thresholdSeconds, threshold),
      because: `What ${model.name} promises is loose enough for a limit that anybody understands.`,
      consequence: "It speaks of a short blip as loudly as of a lost evening.",
    },
    {
      id: "burn-rate",
      title: "alerts by the burn rate of the error budget",
      needs: [
        needAtLeast(
          product(load.mean, windowSeconds),
          needed,
          "so few requests come in an hour that a handful of failures would wake somebody",
        ),
      ],
      bill: [],
      hoursPerMonth: burnHours,
      figures: figures(product(burn, allowed, windowSeconds), product(burn, allowed)),
      because: `Somebody is woken when ${model.name} is about to break its promise, and only then.`,
      consequence: "Each operation that people wait for needs its own measure and its own promise.",
    },
    {
      id: "synthetic",
      title: "probes from outside, once a minute",
      bill: [{ component: "alerts", words: "probes from outside", cost: product(probes, price("probe")) }],
      hoursPerMonth: probeHours,
      figures: figures(product(probeSeconds, probesFailed), one),
      because: `${model.name} is used too seldom for its users to be the first to notice: a probe is.`,
      consequence: "It sees what it was told to try, and finds errors of a few requests only by luck.",
    },
  ];
}

const figures = (time: Formula, share: Formula): NonNullable<OptionRule["figures"]> => [
  { id: "detection", words: "time until somebody is told of a full outage", unit: "s", formula: time },
  { id: "least-errors", words: "share of errors that is soon noticed", unit: "share", formula: share },
];
