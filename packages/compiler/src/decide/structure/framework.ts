import { routesOf } from "@archwright/model";
import { constant, exact, least, not, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, counted, whether } from "../../quantities/given.ts";
import { requestMs } from "../../quantities/run.ts";
import { needAtMost, needThat, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { archwright, others, type FrameworkTerms } from "./framework-terms.ts";

const learningHours = constant(
  "framework-learning",
  "hours in a month that a language which nobody of the team knows costs each of them in the first year",
  12,
  "hours",
  "general",
  "to be calibrated by the team",
  [4, 40],
);
const rewriteHours = constant(
  "framework-rewrite",
  "hours for a handler of the model to be written again in another language",
  4,
  "hours",
  "general",
  "to be calibrated by the team",
  [1, 16],
);
const teamShare = constant(
  "framework-team-share",
  "share of a team's time that plumbing may take",
  0.3,
  "share",
  "general",
  "to be set by the team",
  [0.1, 0.6],
);
const promiseShare = constant(
  "framework-promise-share",
  "share of the tightest promised time that the framework may take",
  0.1,
  "share",
  "general",
  "the rest is for the database, queues and third parties",
  [0.03, 0.3],
);
const monthsOfYear = exact(12);

/** By what the team knows, by how much there is to build, and by the load. */
export const framework: DecisionRule = {
  id: "framework",
  area: "structure",
  question: "What is it built with?",
  evidence: "general",
  sources: ["bench/throughput: the same four routes on our runtime and by hand on Fastify"],
  propose: (brief) => [{ options: [archwright, ...others].map((terms) => optionOf(brief, terms)) }],
};

function optionOf(brief: Brief, terms: FrameworkTerms): OptionRule {
  const { quantities, decided, hourPrice, model } = brief;
  const { promises, work } = quantities;
  const { id, title, language, skill, consequence } = terms;
  const parts = routesOf(model).length + model.reactions.length + model.messages.length + model.jobs.length;
  const handlers = model.operations.filter(({ implementation }) => implementation.kind === "handler").length;
  const learning = product(not(knows(brief, skill, language)), promises.team, learningHours);
  const again = quotient(product(counted("model.handlers", "handlers in TypeScript", handlers, model.name), rewriteHours), monthsOfYear);
  const building = product(counted("model.parts", "routes, reactions, messages and jobs", parts, model.name), terms.partHours);
  const hours = sum(terms.baseHours, building, learning, skill === "typescript" ? zero : again);
  const cores = product(work.applicationCores, terms.work);
  const latency = product(requestMs, terms.work);
  return {
    id,
    title,
    needs: [
      ...(id === archwright.id ? needsOfRuntime(brief) : []),
      needAtMost(latency, product(promises.tightestP99, promiseShare), "it takes too much of the tightest promise before anything is done"),
      needAtMost(hours, product(promises.teamHours, teamShare), "the team would have no time left for what the system is for"),
    ],
    hoursPerMonth: hours,
    latencyMs: latency,
    figures: [
      { id: "learning", words: "hours of these that a new language takes", unit: "hours", formula: learning },
      { id: "cores", words: "processors that are busy at the peak", unit: "cores", formula: cores },
    ],
    // Processors are on the bill of the replicas.
    score: sum(product(cores, decided("hosting").figure("core-price")), product(hours, hourPrice)),
    because: reasonOf(brief, terms, parts),
    consequence,
  };
}

function reasonOf({ model }: Brief, { id, language, skill }: FrameworkTerms, parts: number): string {
  if (id === archwright.id)
    return `The model of ${model.name} is the program: its ${parts} routes, reactions, messages and jobs are not written a second time.`;
  const known = model.requirements.skills.includes(skill);
  return known
    ? `The team has run ${language} in production.`
    : `${language} is widely known, so that people who can take ${model.name} over are found.`;
}

/** A model is written in TypeScript: where no skills are stated, somebody is taken to know it. */
function knows({ model }: Brief, skill: FrameworkTerms["skill"], language: string): Formula {
  const { skills } = model.requirements;
  const words = `somebody of the team knows ${language}`;
  if (skills.length > 0 || skill !== "typescript") return whether(`skills.${skill}`, words, skills.includes(skill), model.name);
  return assumed({
    id: "skills.typescript",
    words,
    unit: "yes/no",
    value: 1,
    range: [0, 1],
    ask: "Does anybody of you know TypeScript?",
    because: "no skills are stated, and the model is written in it",
  });
}

function needsOfRuntime({ model, decidedIfAny }: Brief): readonly Need[] {
  const style = decidedIfAny("api-style");
  const kept = model.contexts.flatMap(({ name }) => decidedIfAny("database-class", name)?.is("postgresql") ?? []);
  return [
    ...(style ? [needThat(style.is("rest"), "it speaks REST only")] : []),
    ...(kept.length > 0 ? [needThat(least(one, ...kept), "it keeps data in PostgreSQL only")] : []),
  ];
}
