import { constant, difference, greatest, least, named, one, product, quotient, sum, when, zero } from "../../formulas/formula.ts";
import { secondsPerMonth } from "../../quantities/given.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { containers, kubernetes, paas, serverless, singleMachine, type HostingClass, type HostingId } from "./hosting-classes.ts";
import { asFunctions, inContainers, onKubernetes, onMachine, onPlatform, peakCores, type Terms } from "./hosting-terms.ts";
import { leastCores } from "./platform.ts";

const teamShare = constant(
  "hosting-team-share",
  "share of the team's hours that the hosting may take",
  0.1,
  "share",
  "general",
  "to be set by the team",
  [0.03, 0.3],
);

/** Catalogue of decisions, 44. */
export const hosting: DecisionRule = {
  id: "hosting",
  area: "capacity",
  question: "What does it run on?",
  evidence: "general",
  sources: ["catalogue of decisions, 44 (serverless or containers)", "reliability study 2.3 (price points)"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  return [
    option(brief, paas, onPlatform(brief)),
    option(brief, singleMachine, onMachine(brief)),
    option(brief, containers, inContainers(brief)),
    option(brief, kubernetes, onKubernetes(brief)),
    option(brief, serverless, asFunctions(brief)),
  ];
}

function option(brief: Brief, kind: HostingClass, terms: Terms): OptionRule {
  const { quantities, decided, hourPrice } = brief;
  const { promises } = quantities;
  const deployables = decided("placement").figure("deployables");
  const copies = product(deployables, decided("zones").figure("zones"));
  const regions = decided("regions");
  const inRegion = least(kind.availability, isOfZones(kind.id) ? decided("zones").figure("promise") : one);
  const availability = isOfZones(kind.id) ? when(regions.is("one"), inRegion, regions.figure("promise")) : inRegion;
  const bill = terms.bill ?? [];
  const base = sum(kind.baseHours, terms.moreHours ?? zero);
  const hours = sum(base, product(kind.hoursEach, deployables));
  const room = product(promises.teamHours, teamShare);
  const cores = greatest(peakCores(brief), product(copies, leastCores));
  const compute = terms.calls ?? greatest(terms.least ?? zero, product(cores, terms.core));
  const whole = sum(...bill.map(({ cost }) => cost), compute, terms.aside ?? zero);
  return {
    id: kind.id,
    title: kind.title,
    needs: [
      needAtMost(
        named(
          `hosting.${kind.id}.down`,
          `time of a month that ${kind.title} may be down`,
          "s",
          product(difference(one, availability), secondsPerMonth),
        ),
        promises.downSecondsEach,
        "it is down for more than its share of what is promised",
      ),
      needAtMost(
        named(`hosting.${kind.id}.upkeep`, `hours of a month that ${kind.title} takes with so many processes`, "hours", hours),
        named("hosting.room", "hours of a month that the team may give to it", "hours", room),
        "a team of that size has other work",
      ),
      ...(terms.needs ?? []),
    ],
    bill,
    hoursPerMonth: hours,
    availability,
    figures: [
      { id: "core-price", words: "a processor with 2 GB for a month", unit: "money", formula: terms.core },
      { id: "least", words: "the least that its processors cost in a month", unit: "money", formula: terms.least ?? zero },
      { id: "calls-cost", words: "calls of functions in a month", unit: "money", formula: terms.calls ?? zero },
      { id: "with-compute", words: "with processors, balancer and gateway, about", unit: "money", formula: whole },
      { id: "boot-seconds", words: "time until one more copy answers", unit: "s", formula: kind.bootSeconds },
      {
        id: "deploy-units-max",
        words: "processes that the team can run on it",
        unit: "count",
        formula: quotient(greatest(zero, difference(room, base)), kind.hoursEach),
      },
    ],
    score: sum(whole, product(hours, hourPrice)),
    because: terms.because,
    consequence: kind.consequence,
  };
}

const isOfZones = (id: HostingId): boolean => id === "containers" || id === "kubernetes";
