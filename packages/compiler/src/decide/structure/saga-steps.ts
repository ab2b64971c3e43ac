import type { Operation } from "@archwright/model";
import { waitedBy } from "../../facts/call-graph.ts";
import type { Facts } from "../../facts/facts.ts";
import { isReading } from "../../facts/third-parties.ts";
import { transactionOf } from "./transaction.ts";

/** What one command sets going, as far as it changes something: each a transaction of its own, or an effect at a third party. */
export interface SagaStep {
  readonly name: string;
  /** How it comes to it: as the command itself, by a call, by an event, or outside. */
  readonly by: "itself" | "call" | "event" | "outside";
  /** Of a step of our own. */
  readonly context?: string;
  /** The id of an operation or of an external call. */
  readonly id: string;
}

type Needed = Pick<Facts, "calls" | "events" | "items">;

/** The steps of a command in the order in which they are reached, each once. */
export function sagaStepsOf(facts: Needed, command: Operation): readonly SagaStep[] {
  const steps = new Map<string, SagaStep>();
  const seen = new Set<string>();
  const visit = (operation: Operation, by: SagaStep["by"]): void => {
    if (seen.has(operation.id)) return;
    seen.add(operation.id);
    const { id, name, context } = operation;
    if (changesSomething(facts, operation)) steps.set(id, { id, name, context, by });
    for (const callee of waitedBy(facts.calls, id))
      if (callee.kind === "external" && !isReading(callee.call.name))
        steps.set(callee.id, { id: callee.id, name: `${callee.call.name} of ${callee.integration.name}`, by: "outside" });
    for (const follower of followersOf(facts, operation)) visit(follower.operation, follower.by);
  };
  visit(command, "itself");
  return [...steps.values()];
}

/** The commands that an operation sets going in one step, each in a transaction of its own. */
export function followersOf(
  facts: Needed,
  operation: Operation,
): readonly { readonly operation: Operation; readonly by: "call" | "event" }[] {
  const called = waitedBy(facts.calls, operation.id).flatMap((callee) =>
    callee.kind === "operation" && callee.operation.kind === "command" ? [{ operation: callee.operation, by: "call" as const }] : [],
  );
  const emitted = transactionOf(facts.calls, operation).flatMap(({ emits }) => emits);
  const reacting = emitted.flatMap((event) =>
    facts.events.reactionsTo(event).flatMap(({ command }) => {
      const reaction = facts.items.operations.get(command);
      return reaction ? [{ operation: reaction, by: "event" as const }] : [];
    }),
  );
  return [...called, ...reacting];
}

const changesSomething = (facts: Needed, operation: Operation): boolean =>
  transactionOf(facts.calls, operation).some(({ writes, kind }) => kind === "command" && writes.length > 0);
