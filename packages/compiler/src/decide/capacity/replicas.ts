import {
  call,
  constant,
  difference,
  exact,
  greatest,
  least,
  named,
  one,
  product,
  quotient,
  sum,
  when,
  zero,
  type Formula,
} from "../../formulas/formula.ts";
import { waitP99 } from "../../formulas/laws.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { useMax } from "../use-max.ts";
import { busiestOf, type Busiest } from "./busiest.ts";

const ladder = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024] as const;

const aloneDown = constant(
  "replicas-alone-down",
  "time of a month that a copy without a second one is away: crashes, full memory, hosts that are replaced",
  1_800,
  "s",
  "general",
  "half an hour; to be measured",
  [300, 7_200],
);

/** Catalogue of decisions, 1. */
export const replicas: DecisionRule = {
  id: "replicas",
  area: "capacity",
  question: "How many copies of the busiest process run?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 1 (replicas per service)", "Erlang C"],
  propose: (brief) => {
    const busiest = busiestOf(brief);
    return [{ options: ladder.map((count) => option(brief, busiest, count)) }];
  },
};

function option(brief: Brief, busiest: Busiest, count: number): OptionRule {
  const { decided, model } = brief;
  const hosting = decided("hosting");
  const regions = decided("regions");
  const copies = exact(count);
  // A region that stands by keeps one copy of each process.
  const standing = sum(product(copies, regions.figure("active")), regions.figure("regions"), product(exact(-1), regions.figure("active")));
  const cores = named(`replicas.${count}.cores`, "processors of all copies together", "cores", coresOf(brief, busiest, copies, standing));
  const provisioned = greatest(hosting.figure("least"), product(cores, hosting.figure("core-price")));
  const wait = named(
    `replicas.${count}.wait`,
    "wait of one request in a hundred for a processor",
    "ms",
    call(waitP99, busiest.load, copies, busiest.serviceMs),
  );
  return {
    id: `${count}`,
    title: count === 1 ? "one copy" : `${count} copies`,
    needs: needsOf(brief, busiest, count, wait),
    bill: [
      {
        component: "processors",
        words: count === 1 ? "one copy of each process" : `${count} copies of the busiest process, and of each other as many as it needs`,
        cost: when(hosting.is("serverless"), hosting.figure("calls-cost"), provisioned),
      },
    ],
    figures: [
      { id: "replicas", words: "copies of the busiest process", unit: "count", formula: copies },
      { id: "cores", words: "processors of all copies together", unit: "cores", formula: cores },
      { id: "size", words: "processors of one copy", unit: "cores", formula: busiest.size },
      { id: "use", words: "use at the peak", unit: "share", formula: quotient(busiest.load, copies) },
      { id: "service", words: "work of a copy for a request", unit: "ms", formula: busiest.serviceMs },
      { id: "wait-p99", words: "wait of one request in a hundred for a processor", unit: "ms", formula: wait },
      { id: "wait-max", words: "the same, as the promised p99 allows it", unit: "ms", formula: busiest.waitMsMax },
    ],
    because:
      count === 1
        ? `A copy of ${model.name} that crashes is started again soon enough for what is promised.`
        : `With ${count} copies ${model.name} bears its peak, and goes on when one is gone.`,
    consequence:
      count === 1
        ? "Every crash and every host that is replaced is a short outage."
        : "What a copy keeps in memory, the others do not see: sessions, counters and locks belong into the database.",
  };
}

/** The busiest process has all copies; each other as many as its part of the work asks for, and no fewer than there are zones. */
function coresOf({ decided, quantities }: Brief, { cores, size }: Busiest, copies: Formula, standing: Formula): Formula {
  const deployables = decided("placement").figure("deployables");
  const others = difference(deployables, one);
  const floor = greatest(decided("zones").figure("zones"), least(copies, exact(2)));
  const byWork = product(copies, greatest(zero, difference(quotient(quantities.work.applicationCores, cores), one)));
  const ofOthers = least(product(copies, others), sum(byWork, product(floor, others)));
  return product(sum(standing, quotient(product(standing, ofOthers), copies)), size);
}

function needsOf(
  { quantities, decided }: Brief,
  { cores, withHeadroom, size, waitMsMax }: Busiest,
  count: number,
  wait: Formula,
): readonly Need[] {
  const { downSecondsEach } = quantities.promises;
  return [
    count === 1
      ? needAtMost(aloneDown, downSecondsEach, "nobody answers while the only copy is away")
      : needAtMost(
          named(
            `replicas.${count}.use-without-one`,
            "use of the copies that are left when one is gone",
            "share",
            quotient(cores, product(exact(count - 1), size)),
          ),
          useMax,
          "the others must bear the peak when one is gone",
        ),
    needAtLeast(
      named(`replicas.${count}.of-busiest`, "processors of the busiest process", "cores", product(exact(count), size)),
      withHeadroom,
      "the headroom that was decided has to be there",
    ),
    needAtLeast(exact(count), named("replicas.zones", "zones", "count", decided("zones").figure("zones")), "every zone needs a copy"),
    needAtMost(wait, waitMsMax, "waiting for a processor would eat up the promised p99"),
  ];
}
