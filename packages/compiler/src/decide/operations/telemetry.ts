import { constant, difference, named, one, product, sum, type Formula } from "../../formulas/formula.ts";
import { secondsPerDay, whether } from "../../quantities/given.ts";
import { needAtLeast, needThatNot, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { telemetryCost } from "./telemetry-cost.ts";

const general = "general";
const sampleShare = constant("telemetry-sample", "share of requests that is kept", 0.1, "share", general, "one in ten", [0.01, 0.5]);
const failuresMin = constant(
  "telemetry-failures",
  "failures of a day that a sample must hold",
  10,
  "count",
  general,
  "fewer say nothing of their cause",
  [3, 30],
);
const fewShare = constant(
  "telemetry-few",
  "share of requests that is kept where there are millions",
  0.01,
  "share",
  general,
  "one in a hundred",
  [0.001, 0.05],
);
const fewMin = constant(
  "telemetry-few-min",
  "requests of a day that such a sample must hold",
  1_000_000,
  "count",
  general,
  "what is seldom asked must be among them often enough",
  [100_000, 10_000_000],
);
const sampleHours = constant(
  "telemetry-sample-hours",
  "hours a month for a sample",
  0.5,
  "hours",
  general,
  "what was not kept is asked for",
  [0.2, 4],
);
const tailHours = constant(
  "telemetry-tail-hours",
  "hours a month for choosing after the answer",
  2,
  "hours",
  general,
  "a collector of its own",
  [1, 8],
);

/** Which logs and traces are kept. */
export const telemetry: DecisionRule = {
  id: "telemetry",
  area: "operations",
  question: "Which requests leave a log and a trace?",
  evidence: general,
  sources: ["reliability study 2.3: price of logs"],
  propose: (brief) => (brief.model.operations.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, quantities } = brief;
  const { load, promises } = quantities;
  const allowed = difference(one, promises.availability);
  const parties = model.integrations.filter(({ calls }) => calls.length > 0).map(({ name }) => name);
  const isAskedFor = whether(
    "requests-are-asked-for",
    "third parties are called in the name of single requests",
    parties.length > 0,
    model.name,
  );
  const failures = product(load.mean, secondsPerDay, sampleShare, allowed);
  const failuresKept = named("telemetry.failures", "failures of a day in a sample of one in ten", "count", failures);
  return [
    {
      id: "all",
      title: "logs and traces of all requests",
      ...telemetryCost(brief, one),
      because: `Of every request to ${model.name} it can be said afterwards what became of it.`,
      consequence: "The bill grows with every request, whether anybody reads of it or not.",
    },
    {
      id: "sampled",
      title: "logs and traces of one request in ten",
      needs: [
        needThatNot(isAskedFor, `somebody will ask what became of one request that went to ${parties.join(", ") || "a third party"}`),
        needAtLeast(failuresKept, failuresMin, "so few failures would be among them that nobody could see what they have in common"),
      ],
      ...telemetryCost(brief, sampleShare),
      hoursPerMonth: sampleHours,
      because: `One request in ten is enough to see what most requests to ${model.name} have in common.`,
      consequence: "Of a single request that somebody complains about, nothing is known in nine of ten cases.",
    },
    {
      id: "errors-and-sample",
      title: "logs and traces of every failure, and of one in ten",
      ...telemetryCost(brief, sum(sampleShare, allowed)),
      hoursPerMonth: tailHours,
      because: `Every failure of ${model.name} is told of, at little more than the price of a sample.`,
      consequence: "A collector has to keep each trace until its end is known, and is one more thing that runs.",
    },
    {
      id: "errors-and-few",
      title: "logs and traces of every failure, and of one in a hundred",
      needs: [manyOf(load.mean)],
      ...telemetryCost(brief, sum(fewShare, allowed)),
      hoursPerMonth: tailHours,
      because: `${model.name} answers so many requests that one in a hundred of them still shows everything but the rarest.`,
      consequence: "Of a single request that went well but slowly, nothing is known in ninety-nine of a hundred cases.",
    },
  ];
}

function manyOf(mean: Formula): Need {
  const kept = named("telemetry.few", "requests of a day in a sample of one in a hundred", "count", product(mean, secondsPerDay, fewShare));
  return needAtLeast(kept, fewMin, "what is seldom asked for would hardly ever be among them");
}
