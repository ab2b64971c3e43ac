import { atMost, constant, exact, greatest, not, one, product, quotient, sum, when, type Formula } from "../../formulas/formula.ts";
import { hoursPerMonth, msPerSecond, perMillion, secondsPerMonth, whether } from "../../quantities/given.ts";
import { needAtMost, needThatNot, type BillLine, type Brief, type Need } from "../rule.ts";
import { learningHours, serverless } from "./hosting-classes.ts";

/** What a class of hosting asks and costs in this model. */
export interface Terms {
  readonly core: Formula;
  /** The least that its processors cost. */
  readonly least?: Formula;
  /** What is paid for calls, in place of processors. */
  readonly calls?: Formula;
  readonly bill?: readonly BillLine[];
  /** What it brings along that other decisions put on the bill. */
  readonly aside?: Formula;
  readonly moreHours?: Formula;
  readonly needs?: readonly Need[];
  readonly because: string;
}

const list = "price list: the largest machine";
const machineCores = constant("hosting-machine-cores", "processors of the largest machine", 8, "cores", "general", list);
const paasCores = constant(
  "hosting-paas-cores",
  "processors that a plan gives",
  32,
  "cores",
  "general",
  "usual plans, no contract of one's own",
  [8, 128],
);
const packing = constant(
  "hosting-packing",
  "share of a node that is used",
  0.8,
  "share",
  "general",
  "odd sizes, and the system's own",
  [0.5, 0.95],
);
const functionGigabytes = constant("hosting-function-memory", "GB of a function", 0.5, "count", "sourced", "reliability study 2.3");
const functionSeconds = constant(
  "hosting-function-time",
  "time of a call",
  0.05,
  "s",
  "sourced",
  "reliability study 2.3: 50 ms",
  [0.01, 0.5],
);
const functionCore = constant(
  "hosting-function-core",
  "GB that come with a processor",
  1.769,
  "count",
  "sourced",
  "AWS Lambda documentation",
);

/** Processors for the peak, headroom included. */
export const peakCores = ({ quantities, decided }: Brief): Formula =>
  product(quantities.work.applicationCores, decided("headroom").figure("factor"));

export const onPlatform = (brief: Brief): Terms => ({
  core: brief.price("paas-large"),
  least: brief.price("paas-small"),
  needs: [needAtMost(peakCores(brief), paasCores, "beyond that a platform wants a contract of its own")],
  because: `Somebody else runs what ${brief.model.name} runs on, which leaves the team its hours.`,
});

export function onMachine(brief: Brief): Terms {
  const { price, decided, model } = brief;
  const cores = peakCores(brief);
  const isSmall = atMost(cores, exact(2));
  return {
    core: when(isSmall, quotient(price("machine-small"), exact(2)), quotient(price("machine-large"), machineCores)),
    least: when(isSmall, price("machine-small"), price("machine-large")),
    needs: [
      needAtMost(cores, machineCores, "the largest machine has no more processors"),
      needAtMost(decided("zones").figure("zones"), one, "one machine stands in one data centre"),
    ],
    because: `Processors are nowhere cheaper, and all of ${model.name} is in one place.`,
  };
}

export const inContainers = (brief: Brief): Terms => ({
  core: product(sum(brief.price("vcpu-hour"), product(exact(2), brief.price("memory-hour"))), hoursPerMonth),
  aside: sum(brief.price("load-balancer"), gateways(brief)),
  because: `Copies of ${brief.model.name} run in every zone, on machines that nobody of the team has to patch.`,
});

export function onKubernetes(brief: Brief): Terms {
  const { price, model } = brief;
  const node = product(price("cluster-node"), hoursPerMonth);
  const hasRunIt = whether(
    "skills.kubernetes",
    "somebody of the team knows Kubernetes",
    model.requirements.skills.includes("kubernetes"),
    model.name,
  );
  return {
    core: quotient(node, product(exact(2), packing)),
    least: node,
    bill: [{ component: "cluster", words: "control plane of Kubernetes", cost: product(price("kubernetes-hour"), hoursPerMonth) }],
    aside: sum(price("load-balancer"), gateways(brief)),
    moreHours: product(learningHours, not(hasRunIt)),
    because: `One more process costs hardly any work once ${model.name} has many.`,
  };
}

export function asFunctions(brief: Brief): Terms {
  const { price, model, quantities } = brief;
  const requests = quotient(product(quantities.load.mean, secondsPerMonth), perMillion);
  const background = model.reactions.length + model.messages.length + model.jobs.length > 0;
  return {
    core: product(price("function-memory"), functionCore, secondsPerMonth),
    calls: callsOf(brief),
    bill: [{ component: "pool", words: "managed pool of connections", cost: product(price("pooler-hour"), exact(2), hoursPerMonth) }],
    aside: sum(product(requests, price("gateway-requests")), gateways(brief)),
    needs: [
      needThatNot(
        whether("background", "reactions, messages or jobs run between requests", background, model.name),
        "functions sleep between requests, and events and jobs have to run then",
      ),
      needAtMost(
        product(serverless.bootSeconds, msPerSecond),
        quantities.promises.tightestP99,
        "one call in a hundred may meet a function that sleeps",
      ),
    ],
    because: `Nothing is paid for while nobody uses ${model.name}.`,
  };
}

function callsOf({ model, price, quantities }: Brief): Formula {
  const { load, promises, work } = quantities;
  const waiting = model.integrations.flatMap(({ calls }) =>
    calls.map(({ id }) => quotient(product(load.meanOf(id), promises.callP50Of(id)), msPerSecond)),
  );
  // A small function gets the share of a processor that its memory is of a whole one's, and computes for so much longer.
  const computing = product(work.applicationCores, quotient(load.mean, load.peak), quotient(functionCore, functionGigabytes));
  const running = sum(greatest(product(load.mean, functionSeconds), computing), ...waiting);
  return product(
    secondsPerMonth,
    sum(
      quotient(product(load.mean, price("function-requests")), perMillion),
      product(running, functionGigabytes, price("function-memory")),
    ),
  );
}

/** A way out of the private network, in every zone, where anything outside is called. */
function gateways({ model, price, decided }: Brief): Formula {
  const isNeeded = whether(
    "calls-outside",
    "third parties are called, or messages are sent",
    model.integrations.length + model.messages.length > 0,
    model.name,
  );
  return product(isNeeded, decided("zones").figure("zones"), price("nat"));
}
