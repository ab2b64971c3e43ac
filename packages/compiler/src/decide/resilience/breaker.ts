import type { Integration } from "@archwright/model";
import { constant, difference, exact, least, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type Need, type OptionFigure, type OptionRule } from "../rule.ts";
import { processesOf, underWayMax } from "./processes.ts";

const callsMin = constant(
  "breaker-calls-min",
  "calls that a window must hold before their share means anything",
  20,
  "count",
  "sourced",
  "catalogue of decisions, 13; the same in our guard",
);
const hungShare = constant(
  "breaker-hung-share",
  "share of them that may hang on one third party",
  0.25,
  "share",
  "general",
  "the rest has to go on as if nothing were",
  [0.1, 0.5],
);
const hours = constant(
  "breaker-hours",
  "hours a month to watch a breaker and its alert",
  0.1,
  "hours",
  "general",
  "to be counted",
  [0.02, 1],
);

/** Catalogue of decisions, 13. */
export const breaker: DecisionRule = {
  id: "breaker",
  area: "resilience",
  question: "When is a third party that fails no longer asked?",
  evidence: "measured",
  sources: [
    "catalogue of decisions, 13 (breaker): open at half of 20 calls in 10 s, one probe",
    "reliability study 1.4, S5: with a breaker a retry storm is over after 2 s, without never",
    "Marc Brooker, Will circuit breakers solve my problems?: one that sees few calls opens by chance",
  ],
  propose: (brief) =>
    brief.model.integrations
      .filter(({ calls }) => calls.length > 0)
      .map((integration) => ({
        about: integration.name,
        question: `When is ${integration.name} no longer asked because it fails?`,
        options: optionsOf(brief, integration),
      })),
};

function optionsOf(brief: Brief, integration: Integration): readonly OptionRule[] {
  const { name, calls } = integration;
  const peaks = calls.map(({ id }) => brief.quantities.load.peakOf(id));
  const perProcess = quotient(sum(...peaks), processesOf(brief));
  const held = sum(...calls.map(({ id }, at) => product(peaks[at] ?? zero, heldSeconds(brief, id))));
  return [
    {
      id: "none",
      title: "no breaker",
      needs: needsOfNone(brief, integration, held),
      hoursPerMonth: zero,
      figures: figuresOf(name, held),
      because: `So few requests hang on ${name} at once that its failures need no switch.`,
      consequence: `While ${name} is down each request waits for all its attempts before it fails.`,
    },
    windowed(name, 10, perProcess),
    windowed(name, 60, perProcess),
  ];

  function windowed(of: string, seconds: number, rate: Formula): OptionRule {
    return {
      id: `over-${seconds}-s`,
      title: `a breaker over ${seconds} seconds`,
      needs: [
        needAtLeast(
          product(rate, exact(seconds)),
          callsMin,
          `a process makes too few calls of ${of} in ${seconds} seconds to tell bad luck from an outage`,
        ),
      ],
      hoursPerMonth: hours,
      figures: figuresOf(of, least(held, product(sum(...peaks), exact(seconds)))),
      because: `An outage of ${of} is noticed after ${seconds} seconds, and from then on nobody waits for it.`,
      consequence: `Half of the calls of ${of} may still succeed when it opens, and these are refused too.`,
    };
  }
}

/** How long one call holds whoever asked while nothing answers. */
function heldSeconds({ decided }: Brief, call: string): Formula {
  return quotient(product(decided("timeout", call).figure("timeout-ms"), decided("retries", call).figure("attempts")), msPerSecond);
}

function needsOfNone(brief: Brief, { name, calls }: Integration, held: Formula): readonly Need[] {
  const { promises, thirdParties } = brief.quantities;
  const isPromised = calls.some(({ id }) => thirdParties.waitersOf(id).some((waiter) => promises.promisedP99Of(waiter) !== undefined));
  const down = difference(one, least(...calls.map(({ id }) => promises.callAvailabilityOf(id))));
  return [
    needAtMost(
      held,
      product(processesOf(brief), underWayMax, hungShare),
      `requests that hang on ${name} would take the places of those that need nothing of it`,
    ),
    ...(isPromised
      ? [needAtMost(down, exact(0.01), `a p99 bears one slow request in a hundred, and ${name} is down for longer than that`)]
      : []),
  ];
}

const figuresOf = (name: string, hung: Formula): readonly OptionFigure[] => [
  { id: "hung", words: `requests that hang on ${name} at the peak while it is down`, unit: "count", formula: hung },
];
