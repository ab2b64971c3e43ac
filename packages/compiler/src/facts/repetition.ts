import { partsOf, type Entity, type Expression, type Operation, type Step } from "@archwright/model";
import { expressionFields } from "./expression-fields.ts";
import type { Items } from "./items.ts";

/**
 * What happens when an operation runs a second time with the same input: "safe" if it changes nothing more, "repeats" if it acts again,
 * "unknown" for code that is not data.
 */
export type Repetition = "safe" | "repeats" | "unknown";

/**
 * The declaration counts first. A body is safe if it only sets values and removes rows, or if a step refuses the second run and with it
 * undoes the whole: a move to a state that does not lead to itself, or a new row whose unique value comes from the input.
 */
export function repetitionOf(operation: Operation, items: Items): Repetition {
  if (operation.idempotent === "required" || operation.idempotent === "natural") return "safe";
  if (operation.kind === "query") return "safe";
  if (operation.idempotent === "no") return "repeats";
  if (operation.implementation.kind !== "body") return "unknown";
  return stepsRepeat(operation.implementation.body.steps, items);
}

function stepsRepeat(steps: readonly Step[], items: Items): Repetition {
  if (steps.some((step) => refusesAgain(step, items))) return "safe";
  const verdicts = steps.map((step) => stepRepeats(step, items));
  if (verdicts.includes("repeats")) return "repeats";
  return verdicts.includes("unknown") ? "unknown" : "safe";
}

function stepRepeats(step: Step, items: Items): Repetition {
  switch (step.kind) {
    case "create":
    case "change":
    case "emit":
      return "repeats";
    case "update":
      return Object.values(step.values).some((value) => isReckonedFrom(value, step.entity)) ? "repeats" : "safe";
    case "each":
      return stepsRepeat(step.steps, items);
    case "atomic": {
      const callee = items.operations.get(step.operation);
      return callee ? repetitionOf(callee, items) : "unknown";
    }
    default:
      return "safe";
  }
}

function refusesAgain(step: Step, items: Items): boolean {
  if (step.kind === "create") return takesUniqueValue(step.values, items.entities.get(step.entity));
  return step.kind === "transition" && step.target.kind === "id" && leavesForGood(step.to, items.entities.get(step.entity));
}

function takesUniqueValue(values: { readonly [field: string]: Expression }, entity: Entity | undefined): boolean {
  return (
    entity?.fields.some(({ name, unique }) => unique === true && values[name] !== undefined && namesVariable(values[name], "input")) ??
    false
  );
}

function leavesForGood(to: { readonly [field: string]: string }, entity: Entity | undefined): boolean {
  return (
    entity?.fields.some((field) => {
      const state = to[field.name];
      return field.kind === "state" && state !== undefined && !field.moves[state]?.includes(state);
    }) ?? false
  );
}

/** `stock: product.stock.minus(1)`: what was there counts, so twice is not once. */
function isReckonedFrom(value: Expression, entity: string): boolean {
  if (value.kind === "arithmetic") return expressionFields(value).some((use) => use.entity === entity);
  return partsOf(value).some((part) => isReckonedFrom(part, entity));
}

function namesVariable(expression: Expression, name: string): boolean {
  return (expression.kind === "variable" && expression.name === name) || partsOf(expression).some((part) => namesVariable(part, name));
}
