import type { Entity, Operation, Step } from "@archwright/model";
import { expressionFields } from "../../facts/expression-fields.ts";
import type { Facts } from "../../facts/facts.ts";
import { greatest, least, one, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import type { Brief } from "../rule.ts";
import { isChangeable } from "./row-use.ts";

/** A command that looks at rows, and writes what is right only as long as these stay as they were. */
export interface OvertakenCheck {
  readonly command: Operation;
  /** Whose rows it looks at. */
  readonly entity: Entity;
  /** Whether its code, which is no data, may look at all rows of an owner: a sum, a number of them, a gap. */
  readonly maySpanRows: boolean;
}

/** One for each command: of several entities the first. */
export function overtakenChecks(facts: Facts): readonly OvertakenCheck[] {
  const stepsOf = new Map(facts.bodies.map(({ item, steps }) => [item, steps]));
  return facts.model.operations.flatMap((command): readonly OvertakenCheck[] => {
    if (command.kind !== "command") return [];
    const steps = stepsOf.get(command.id);
    const [entity] = (steps ? checkedInBody(steps, facts) : checkedInCode(command)).flatMap((id) => facts.items.entities.get(id) ?? []);
    if (!entity) return [];
    if (!steps && refusesSecond(entity)) return [];
    return [{ command, entity, maySpanRows: !steps }];
  });
}

/** A unique value that is there already, or a state that has moved on. */
const refusesSecond = ({ fields }: Entity): boolean => fields.some(({ kind, unique }) => unique === true || kind === "state");

/** What a handler both reads and writes, it writes because of what it has read. */
const checkedInCode = ({ implementation, reads, writes }: Operation): readonly string[] =>
  implementation.kind === "handler" ? writes.filter((id) => reads.includes(id)) : [];

/** The rows of which a condition wants something that others may change, in a body that writes. */
function checkedInBody(steps: readonly Step[], { items, useOf }: Facts): readonly string[] {
  if (!steps.some(({ kind }) => writingKinds.has(kind))) return [];
  const uses = steps.flatMap((step) => (step.kind === "require" ? expressionFields(step.condition) : []));
  return steps.flatMap((step) => {
    if (step.kind !== "get" || useOf(step.entity).writers.length === 0) return [];
    const fields = items.entities.get(step.entity)?.fields ?? [];
    const isOpen = uses.some(
      ({ variable, field }) => variable === step.as && fields.some((one) => one.name === field && isChangeable(one)),
    );
    return isOpen ? [step.entity] : [];
  });
}

const writingKinds = new Set<Step["kind"]>(["create", "update", "transition", "change", "remove"]);

/** Writes a second that may overtake it, at the peak: to the busiest row, or to the rows of the owner who has most of them. */
export function rivalsOf(
  { facts, quantities }: Pick<Brief, "facts" | "quantities">,
  { entity, maySpanRows }: OvertakenCheck,
  hottest: Formula,
): Formula {
  const { load, volume } = quantities;
  const writers = facts.useOf(entity.id).writers.filter((id) => facts.items.operations.has(id));
  const most = maySpanRows ? volume.mostOf(entity.id) : undefined;
  const share = most ? greatest(hottest, least(one, quotient(most, volume.rowsAtHorizonOf(entity.id)))) : hottest;
  return product(sum(...writers.map((id) => load.peakOf(id))), share);
}
