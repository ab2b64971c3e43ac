import { constant, difference, greatest, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionFigure, type OptionRule } from "../rule.ts";

const wrong = constant(
  "testing-wrong",
  "times that a reckoned p99 may be off",
  2,
  "count",
  "general",
  "until the first load test",
  [1.2, 4],
);
const teamShare = constant(
  "testing-share",
  "share of the team's hours for the tests of the whole",
  0.15,
  "share",
  "general",
  "besides the tests of its code",
  [0.05, 0.4],
);
const rulesHours = constant(
  "testing-rules",
  "hours a month for contracts and access rules",
  4,
  "hours",
  "general",
  "they are generated, and read",
  [1, 12],
);
const loadHours = constant(
  "testing-load",
  "hours a month for load tests",
  6,
  "hours",
  "general",
  "data, runs, a look at the curves",
  [2, 20],
);
const faultHours = constant(
  "testing-faults",
  "hours a month for injected faults",
  10,
  "hours",
  "general",
  "one evening with all of them, and its list",
  [4, 40],
);

/** What is tried of the whole before people use it. */
export const testing: DecisionRule = {
  id: "testing",
  area: "operations",
  question: "What is tried of the whole, besides the tests of its code?",
  evidence: "general",
  sources: ["catalogue of decisions, 5: the product of what a request waits for has to reach its promise"],
  propose: (brief) => (brief.model.operations.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, quantities } = brief;
  const room = product(quantities.promises.teamHours, teamShare);
  const tightness = tightnessOf(brief);
  const leaning = leaningOf(brief);
  const roomy = needAtMost(product(tightness, wrong), one, "a reckoning that is off by that much would break a promised p99");
  const standing = needAtMost(
    leaning,
    one,
    "what third parties may be down for exceeds what is promised, so that the promise hangs on what happens when they fail",
  );
  const fits = (hours: Formula) => needAtMost(hours, room, "a team of that size has other work");
  const plusLoad = sum(rulesHours, loadHours);
  const plusFaults = sum(plusLoad, faultHours);
  const figures: readonly OptionFigure[] = [
    { id: "tightness", words: "reckoned p99 over the promised one, at the closest", unit: "share", formula: tightness },
    { id: "leaning", words: "downtime of third parties over what is allowed, at the most", unit: "share", formula: leaning },
  ];
  const outside = model.integrations.flatMap(({ calls, name }) => (calls.length > 0 ? [name] : []));
  return [
    {
      id: "contract-and-policy",
      title: "contract and access tests",
      needs: [roomy, standing],
      bill: [],
      hoursPerMonth: rulesHours,
      figures,
      because: `${model.name} has room enough between what was reckoned and what is promised.`,
      consequence: "How it behaves under its peak is known when the peak comes.",
    },
    {
      id: "plus-load",
      title: "contract, access and load tests",
      needs: [standing, fits(plusLoad)],
      bill: [],
      hoursPerMonth: plusLoad,
      figures,
      because: "What was reckoned comes close to what is promised, and only a run under load says which of the two is right.",
      consequence: "A load test needs data as many as in a year, and a copy of the whole for an hour.",
    },
    {
      id: "plus-fault-injection",
      title: "contract, access, load and fault tests",
      needs: [fits(plusFaults)],
      bill: [],
      hoursPerMonth: plusFaults,
      figures,
      because:
        outside.length > 0
          ? `When ${outside.join(" or ")} fails, it shows whether the promise holds without it.`
          : `It shows whether ${model.name} comes back by itself when its database is gone for half a minute.`,
      consequence: "Faults have to be injected where nobody is hurt, and somebody has to look at what they did.",
    },
  ];
}

/** The reckoned p99 over the promised one, where they are closest. */
function tightnessOf({ model, quantities }: Brief): Formula {
  const ratios = model.operations.flatMap(({ id }) => {
    const promised = quantities.promises.promisedP99Of(id);
    return promised ? [quotient(quantities.promises.p99Of(id), promised)] : [];
  });
  return named("testing.tightness", "reckoned p99 over the promised one, at the closest", "share", greatest(zero, ...ratios));
}

/** Downtime of what an operation waits for, over the downtime that it may have itself, where that is most. */
function leaningOf({ model, quantities, facts }: Brief): Formula {
  const { chainAvailabilityOf, promisedAvailabilityOf } = quantities.promises;
  const leaning = model.operations
    .filter(({ id }) => facts.calls.calleesOf(id).length > 0)
    .map(({ id }) => quotient(difference(one, chainAvailabilityOf(id)), difference(one, promisedAvailabilityOf(id))));
  return named(
    "testing.leaning",
    "downtime of third parties over the downtime that is allowed, at the most",
    "share",
    greatest(zero, ...leaning),
  );
}
