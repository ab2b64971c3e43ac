import type { Design, Model } from "@archwright/model";
import { explained } from "../../packages/app/src/design/explanation.ts";
import type { Undecided } from "../../packages/compiler/src/decide/deciding.ts";
import type { Formula, Ground } from "../../packages/compiler/src/formulas/formula.ts";

/** No number without a traceable origin: down to a line of the model, a question, a measurement, a source or a dated price. */

/** What is wrong with the numbers that nobody reckoned. */
export const groundFaults = ({ sheet, model }: Pick<Undecided, "sheet" | "model">): readonly string[] => {
  const places = placesOf(model);
  return sheet.formulas.flatMap((formula) => [...groundless(formula), ...placeless(formula, model, places), ...outOfRange(formula)]);
};

/** What is wrong with the numbers that a design tells. */
export const designFaults = (design: Design): readonly string[] => [
  ...Object.keys(design.facts).flatMap((id) => untraced(design, id)),
  ...toldNames(design).flatMap((name) => unexplained(design, name)),
  ...[...new Set(design.bill.lines.map(({ decision }) => decision))].flatMap((decision) => unpaid(design, decision)),
];

/** Whatever somebody may read in a design and ask about. */
function toldNames({ decisions, questions, limits }: Design): readonly string[] {
  const figures = decisions.flatMap(({ id, options }) =>
    options.flatMap((option) => Object.keys(option.figures).map((name) => `${id}.${option.id}.${name}`)),
  );
  const rested = decisions.flatMap(({ id, inputs, confidence, flips }) => [
    id,
    ...inputs,
    ...confidence.because,
    ...flips.map(({ input }) => input),
  ]);
  const asked = questions.flatMap(({ input, changes }) => [input, ...changes.map(({ decision }) => decision)]);
  return [...new Set(["design.cost", "design.hours", ...figures, ...rested, ...asked, ...limits.map(({ decision }) => decision)])];
}

/** Each fault once, with the first of those that show it. */
export function gathered(faults: readonly (readonly [name: string, found: readonly string[]])[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const [name, found] of faults) for (const fault of new Set(found)) names.set(fault, [...(names.get(fault) ?? []), name]);
  return [...names].map(([fault, by]) => `${fault} (${by.slice(0, 3).join(", ")}; ${by.length} in all)`);
}

function groundless(formula: Formula): readonly string[] {
  if (formula.kind === "exact") return Number.isNaN(formula.value) ? ["an exact number that is none"] : [];
  if (formula.kind !== "input") return formula.of.length === 0 ? [`a ${formula.kind} of nothing`] : [];
  return missingIn(formula.ground).map((missing) => `${formula.id}: ${missing}`);
}

function missingIn(ground: Ground): readonly string[] {
  switch (ground.kind) {
    case "stated":
    case "counted":
      return ground.path === "" ? ["no place in the model"] : [];
    case "unknown":
      return isQuestion(ground.ask) ? [] : [`"${ground.ask}" asks nothing`];
    case "assumed":
      return [...(isQuestion(ground.ask) ? [] : [`"${ground.ask}" asks nothing`]), ...(ground.because === "" ? ["no reason"] : [])];
    case "constant":
      return ground.source.trim() === "" ? ["no source"] : [];
    case "price":
      return [...(ground.source.trim() === "" ? ["no source"] : []), ...(/^\d{4}-\d{2}$/.test(ground.dated) ? [] : ["no date"])];
  }
}

const isQuestion = (ask: string): boolean => /\S.*\?$/.test(ask);

function placeless(formula: Formula, model: Model, places: ReadonlySet<string>): readonly string[] {
  if (formula.kind !== "input" || !("path" in formula.ground)) return [];
  const { path } = formula.ground;
  return path in model.origins || places.has(path) ? [] : [`${formula.id}: the model has no ${path}`];
}

/** The load as a whole is said by the system, and multiplied by whoever asks what ten times as much would change. */
function placesOf(model: Model): ReadonlySet<string> {
  const named = [...model.contexts, ...model.roles, ...model.integrations].map(({ name }) => name);
  const calls = model.integrations.flatMap((integration) => integration.calls.map(({ id }) => id));
  const fields = model.entities.flatMap((entity) => entity.fields.map(({ name }) => `${entity.id}.${name}`));
  const items = [model.entities, model.operations, model.events, model.reactions, model.messages, model.jobs].flatMap((list) =>
    list.map(({ id }) => id),
  );
  return new Set(["load", model.name, ...named, ...calls, ...fields, ...items]);
}

function outOfRange(formula: Formula): readonly string[] {
  if (formula.kind !== "input" || !formula.range) return [];
  const [low, high] = formula.range;
  return low <= formula.value && formula.value <= high ? [] : [`${formula.id}: ${formula.value} is not between ${low} and ${high}`];
}

function untraced({ facts, decisions }: Design, id: string): readonly string[] {
  const { ground, formula, inputs = [], words } = facts[id] ?? {};
  const chosen = new Set(decisions.map((decision) => decision.id));
  return [
    ...(words ? [] : [`${id} has no words`]),
    ...(ground || formula ? [] : [`${id} comes from nowhere`]),
    ...inputs.flatMap((input) => (facts[input] || chosen.has(input) ? [] : [`${id} rests on ${input}, which is not told`])),
  ];
}

function unexplained(design: Design, name: string): readonly string[] {
  try {
    const told = explained(design, name);
    return "decisions" in told || told.fact ? [] : [`${name} is not explained`];
  } catch {
    return [`${name} is not explained`];
  }
}

/** The lines of a decision come to the cost of the option that is chosen. */
function unpaid(design: Design, id: string): readonly string[] {
  const decision = design.decisions.find((one) => one.id === id);
  const cost = design.facts[`${id}.${decision?.chosen ?? ""}.cost`]?.value ?? Number.NaN;
  const lines = design.bill.lines.filter((line) => line.decision === id).reduce((sum, line) => sum + line.cost.value, 0);
  return Math.abs(cost - lines) <= 1e-4 * Math.abs(cost) + 1e-9 ? [] : [`the lines of ${id} come to ${lines}, and it costs ${cost}`];
}
