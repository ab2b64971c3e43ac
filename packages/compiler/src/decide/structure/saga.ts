import type { Operation } from "@archwright/model";
import { constant, difference, one, product, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionFigure, type OptionRule, type Proposal } from "../rule.ts";
import { eventDelayOf } from "./event-delay.ts";
import { inOneProcess } from "./process-groups.ts";
import { needsOfTransaction, relationalContexts, type Places } from "./transaction-needs.ts";
import { followersOf, sagaStepsOf, type SagaStep } from "./saga-steps.ts";

const catalogue = "catalogue of decisions, 37 (saga or one transaction)";
const choreographyMax = constant(
  "saga-choreography-max",
  "steps that can follow each other by events alone",
  3,
  "count",
  "sourced",
  catalogue,
);
const toCalibrate = "to be calibrated by the team";
const stepHours = constant(
  "saga-choreography-step",
  "hours in a month for a step whose place in the whole is written nowhere",
  1,
  "hours",
  "general",
  toCalibrate,
  [0.25, 4],
);
const orchestratorHours = constant(
  "saga-orchestrator",
  "hours in a month for the one that leads through the steps",
  3,
  "hours",
  "general",
  toCalibrate,
  [1, 12],
);
const ledHours = constant(
  "saga-orchestrated-step",
  "hours in a month for a step that is led",
  0.3,
  "hours",
  "general",
  toCalibrate,
  [0.1, 1],
);

/** Catalogue of decisions, 37: of each command that starts something which one transaction may not be able to hold. */
export const saga: DecisionRule = {
  id: "saga",
  area: "structure",
  question: "What holds the steps of a command together?",
  evidence: "sourced",
  sources: [catalogue],
  propose: (brief) => {
    const commands = brief.model.operations.filter(({ kind }) => kind === "command");
    const isLater = new Set(
      commands.flatMap((command) => followersOf(brief.facts, command).flatMap(({ operation: { id } }) => (id === command.id ? [] : [id]))),
    );
    const sagas = commands
      .filter(({ id, allow }) => allow.kind !== "system" || !isLater.has(id))
      .map((command) => ({ command, steps: sagaStepsOf(brief.facts, command) }))
      .filter(({ steps }) => steps.length > 1 && steps.some(({ by }) => by === "call" || by === "outside"));
    if (sagas.length === 0) return [];
    const places: Places = { isTogether: inOneProcess(brief), isRelational: relationalContexts(brief) };
    const deliveryMs = eventDelayOf(brief);
    return sagas.map(({ command, steps }): Proposal => ({
      about: command.id,
      question: `What holds ${fewOf(
        steps.map(({ name }) => name),
        5,
      )} together?`,
      options: optionsOf(brief, command, steps, places, deliveryMs),
    }));
  },
};

function optionsOf(
  brief: Brief,
  command: Operation,
  steps: readonly SagaStep[],
  places: Places,
  deliveryMs: Formula,
): readonly OptionRule[] {
  const { id, name } = command;
  const count = counted(`${id}.steps`, `steps that ${name} sets going`, steps.length, id);
  const handovers = difference(count, one);
  const own = brief.quantities.promises.p99Of(id);
  const figures = (compensations: Formula): readonly OptionFigure[] => [
    { id: "steps", words: "steps", unit: "count", formula: count },
    { id: "compensations", words: "steps back that have to be written", unit: "count", formula: compensations },
  ];
  const ours = steps.filter(({ by }) => by !== "outside").map((step) => step.name);
  const back = fewOf(steps.slice(0, -1).map((step) => step.name));
  const stands = steps.length > 2 ? "stand" : "stands";
  return [
    {
      id: "one-transaction",
      title: "one transaction",
      needs: needsOfTransaction(command, steps, places),
      hoursPerMonth: zero,
      latencyMs: own,
      figures: figures(zero),
      because: `${fewOf(ours)} ${ours.length === 1 ? "commits" : "commit"} as a whole, without a line of code for it.`,
      consequence: `${name} holds its rows until all of it is done, and its contexts stay in one database.`,
    },
    {
      id: "choreography",
      title: "choreography by events",
      needs: [needAtMost(count, choreographyMax, "nobody sees any more from the events what happens after what")],
      hoursPerMonth: product(count, stepHours),
      latencyMs: sum(own, product(handovers, deliveryMs)),
      figures: figures(handovers),
      because: `With ${steps.length} steps it can be seen from the events alone how far ${name} has come.`,
      consequence: `While a later step is tried again ${back} ${stands}, and what cannot be done needs a reaction of its own that takes them back.`,
    },
    {
      id: "orchestration",
      title: "one orchestrator of the steps",
      hoursPerMonth: sum(orchestratorHours, product(count, ledHours)),
      latencyMs: sum(own, product(handovers, sum(deliveryMs, deliveryMs))),
      figures: figures(handovers),
      because: `The order of ${fewOf(steps.map((step) => step.name))} and what takes each back are written in one place.`,
      consequence: `One more thing with a state has to survive restarts, and ${back} still ${steps.length > 2 ? "need their steps" : "needs its step"} back where a later one cannot be done.`,
    },
  ];
}
