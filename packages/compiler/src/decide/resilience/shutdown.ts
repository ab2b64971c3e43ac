import { constant, exact, greatest, named, product, quotient, sum, zero, type Formula, type Input } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const tail = constant("shutdown-tail", "p99.9 over p99 of an operation", 2, "count", "general", "to be measured", [1.2, 5]);
const underWay = "until nobody new is sent to a process that leaves";
const atMost = "that a process is given after it was told to leave";

/** What each kind of hosting takes until traffic stays away, and what it grants before it kills. */
const hostings: Readonly<Record<string, { readonly announced: Input; readonly granted: Input }>> = {
  "single-machine": {
    announced: seconds("shutdown-machine-announced", underWay, 1, "general", "a proxy on the same machine asks for readiness each second"),
    granted: seconds("shutdown-machine-granted", atMost, 90, "general", "systemd: DefaultTimeoutStopSec"),
  },
  paas: {
    announced: seconds("shutdown-paas-announced", underWay, 5, "general", "to be measured at the provider"),
    granted: seconds("shutdown-paas-granted", atMost, 30, "general", "Heroku, Render: 30 s by default"),
  },
  containers: {
    announced: seconds("shutdown-containers-announced", underWay, 15, "general", "deregistration delay of the load balancer, set to 15 s"),
    granted: seconds("shutdown-containers-granted", atMost, 120, "general", "Fargate: largest stopTimeout"),
  },
  kubernetes: {
    announced: seconds("shutdown-kubernetes-announced", underWay, 10, "general", "endpoints reach every node; a usual preStop pause"),
    granted: seconds("shutdown-kubernetes-granted", atMost, 600, "general", "terminationGracePeriodSeconds may be set as long"),
  },
  serverless: {
    announced: seconds("shutdown-serverless-announced", underWay, 0, "general", "an instance gets one request at a time"),
    granted: seconds("shutdown-serverless-granted", atMost, 900, "general", "Lambda: longest run"),
  },
};

function seconds(id: string, words: string, value: number, evidence: "general", source: string): Input {
  return constant(id, `seconds ${words}`, value, "s", evidence, source);
}

/** Catalogue of decisions, 48. */
export const shutdown: DecisionRule = {
  id: "shutdown",
  area: "resilience",
  question: "How long does a process that leaves go on serving?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 48 (shutdown): p99.9 and the time of deregistration; 25 s inside of 30 s by default"],
  climbsWith: ["constant.shutdown-tail"],
  propose: (brief) => {
    if (brief.model.operations.length === 0) return [];
    const limits = limitsOf(brief);
    return [{ options: rungs.map((rung) => optionOf(limits, rung)) }];
  },
};

const rungs: readonly number[] = [5, 10, 25, 60, 120];

interface Limits {
  readonly needed: Formula;
  readonly granted: Formula;
}

function limitsOf({ model, decided, quantities }: Brief): Limits {
  const hosting = decided("hosting");
  const of = (which: "announced" | "granted"): Formula =>
    sum(...Object.entries(hostings).map(([option, said]) => product(hosting.is(option), said[which])));
  // What runs on an event is delivered again when it is cut off; whoever asked is not.
  const asked = model.operations.filter(({ allow }) => allow.kind !== "system");
  const slowest = product(tail, quotient(greatest(zero, ...asked.map(({ id }) => quantities.promises.p99Of(id))), msPerSecond));
  return {
    needed: named(
      "shutdown.needed",
      "seconds until the slowest request that was still sent there has its answer",
      "s",
      sum(of("announced"), slowest),
    ),
    granted: named("shutdown.granted", "seconds that the hosting gives a process to leave", "s", of("granted")),
  };
}

function optionOf({ needed, granted }: Limits, rung: number): OptionRule {
  return {
    id: `${rung}-s`,
    title: `${rung} seconds to finish requests`,
    needs: [
      needAtLeast(exact(rung), needed, "whoever was sent there in the last moment would be cut off in the midst of his request"),
      needAtMost(exact(rung), granted, "the hosting kills a process that takes longer"),
    ],
    figures: [{ id: "drain-seconds", words: "seconds that it goes on", unit: "s", formula: exact(rung) }],
    score: exact(rung),
    because: `A release replaces each process within ${rung} seconds, and requests that take less than that are finished.`,
    consequence: `Every new version takes ${rung} seconds more for each process that it replaces in turn.`,
  };
}
