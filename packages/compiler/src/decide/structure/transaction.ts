import type { Operation } from "@archwright/model";
import type { CallGraph } from "../../facts/call-graph.ts";

/** An operation with everything that runs inside its transaction, each once. */
export function transactionOf({ calleesOf }: CallGraph, operation: Operation): readonly Operation[] {
  const within = new Map([[operation.id, operation]]);
  // A map hands out what is added while it is walked.
  for (const [id] of within)
    for (const callee of calleesOf(id)) if (callee.kind === "operation" && callee.inside) within.set(callee.id, callee.operation);
  return [...within.values()];
}
