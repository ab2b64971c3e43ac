import type { Body, Step } from "../model/body.ts";

/** What a body touches, read off its steps: the reason why it declares nothing. */
export interface Effects {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly atomic: readonly string[];
  readonly emits: readonly string[];
}

export function effectsOf(body: Body): Effects {
  const steps = stepsWithin(body.steps);
  const touched = (kinds: readonly Step["kind"][]): readonly string[] =>
    sorted(steps.flatMap((step) => (kinds.includes(step.kind) && "entity" in step ? [step.entity] : [])));
  return {
    reads: touched(["get", "page"]),
    writes: touched(["create", "update", "transition", "change", "remove"]),
    atomic: sorted(steps.flatMap((step) => (step.kind === "atomic" ? [step.operation] : []))),
    emits: sorted(steps.flatMap((step) => (step.kind === "emit" ? [step.event] : []))),
  };
}

/** The steps and, behind each `each`, the steps inside it. */
export function stepsWithin(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.kind === "each" ? [step, ...stepsWithin(step.steps)] : [step]));
}

const sorted = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();
