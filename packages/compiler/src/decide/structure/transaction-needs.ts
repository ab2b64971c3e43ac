import type { Operation } from "@archwright/model";
import { least, one, zero, type Formula } from "../../formulas/formula.ts";
import { counted, formulaOf } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, needThat, type Brief, type Need } from "../rule.ts";
import type { inOneProcess } from "./process-groups.ts";
import type { SagaStep } from "./saga-steps.ts";

/** Where contexts run, and where they keep their data. */
export interface Places {
  readonly isTogether: ReturnType<typeof inOneProcess>;
  /** Whether what a context writes lies in PostgreSQL, as 1 or 0. */
  readonly isRelational: (context: string) => Formula;
}

/** A context without data of its own is in nobody's way. */
export const relationalContexts = ({ decidedIfAny }: Brief): Places["isRelational"] =>
  formulaOf((context) => decidedIfAny("database-class", context)?.is("postgresql") ?? one, one);

/** What has to hold for all steps of a command to be one transaction. */
export function needsOfTransaction(
  { id, name, context }: Operation,
  steps: readonly SagaStep[],
  { isTogether, isRelational }: Places,
): readonly Need[] {
  const outside = steps.filter(({ by }) => by === "outside").length;
  const contexts = [...new Set([context, ...steps.flatMap((step) => step.context ?? [])])];
  return [
    needAtMost(
      counted(`${id}.outside`, `effects of ${name} at third parties`, outside, id),
      zero,
      "no transaction of ours reaches a third party",
    ),
    needThat(least(one, ...contexts.map((each) => isTogether(context, each))), `${fewOf(contexts)} run in different processes`),
    needThat(least(one, ...contexts.map(isRelational)), `what ${fewOf(contexts)} write is not all kept in PostgreSQL`),
  ];
}
