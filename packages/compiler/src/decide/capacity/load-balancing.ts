import { call, constant, one, or, product, quotient, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { waitP99 } from "../../formulas/laws.ts";
import { perMillion, secondsPerMonth } from "../../quantities/given.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";

const hop = constant(
  "load-balancing-hop",
  "what a balancer adds to a request",
  0.7,
  "ms",
  "general",
  "one more connection in the same zone",
  [0.2, 3],
);
const hours = constant(
  "load-balancing-hours",
  "hours in a month for a balancer",
  0.5,
  "hours",
  "general",
  "certificates, health checks, draining",
  [0.2, 2],
);

/** Which copy answers a request. */
export const loadBalancing: DecisionRule = {
  id: "load-balancing",
  area: "capacity",
  question: "Which copy answers a request?",
  evidence: "general",
  sources: ["Erlang C for copies with a queue each, and with one queue for all"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, decided } = brief;
  const replicas = decided("replicas");
  const copies = replicas.figure("replicas");
  const isFunction = decided("hosting").is("serverless");
  // A turn for each in order leaves every copy with a queue of its own; the fewest open requests come close to one queue for all.
  const apart = call(waitP99, replicas.figure("use"), one, replicas.figure("service"));
  const shared = replicas.figure("wait-p99");
  const platform = needThatNot(isFunction, "the platform hands each call to a function that is free");
  return [
    {
      id: "none",
      title: "no balancer",
      needs: [
        platform,
        needAtMost(copies, one, "several copies need somebody who tells them apart"),
        needAtMost(decided("placement").figure("deployables"), one, "several processes need somebody who knows which path is whose"),
      ],
      bill: [],
      hoursPerMonth: zero,
      ...waiting(shared, zero),
      because: `${model.name} is one copy of one process, and answers by itself.`,
      consequence: "Certificates are the process's own business, and a second copy will change the address.",
    },
    {
      id: "round-robin",
      title: "each copy in turn (round robin)",
      needs: [platform, needAtMost(apart, replicas.figure("wait-max"), "requests queue at one copy while another is free")],
      ...balanced(brief),
      ...waiting(apart, hop),
      because: `A balancer that counts to the number of copies is all that ${model.name} needs: its copies are seldom busy.`,
      consequence: "A copy that has become slow goes on getting its share until its health check fails.",
    },
    {
      id: "least-outstanding",
      title: "the copy with the fewest open requests",
      ...balanced(brief),
      ...waiting(shared, hop),
      because: "A request goes where somebody is free, almost as if all copies had one queue.",
      consequence: "A copy that fails at once looks free, and draws all requests to it until its health check fails.",
    },
  ];
}

const waiting = (wait: Formula, added: Formula): Pick<OptionRule, "latencyMs" | "figures"> => ({
  latencyMs: added,
  figures: [{ id: "wait-p99", words: "wait of one request in a hundred for a processor", unit: "ms", formula: wait }],
});

/** A platform and a machine of one's own bring theirs along; functions are reached through a gateway that counts requests. */
function balanced({ decided, price, quantities }: Brief): Pick<OptionRule, "bill" | "hoursPerMonth"> {
  const hosting = decided("hosting");
  const balancers = product(decided("regions").figure("active"), price("load-balancer"));
  const gateway = product(quotient(product(quantities.load.mean, secondsPerMonth), perMillion), price("gateway-requests"));
  return {
    bill: [
      {
        component: "load balancer",
        words: "a balancer in each region, or a gateway of functions",
        cost: sum(
          when(or(hosting.is("containers"), hosting.is("kubernetes")), balancers, zero),
          product(hosting.is("serverless"), gateway),
        ),
      },
    ],
    hoursPerMonth: hours,
  };
}
