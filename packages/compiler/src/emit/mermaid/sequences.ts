import { atomicWithin, routesOf, type Operation } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import type { Artefact, Stamp } from "../emitter.ts";
import { safeName } from "../safe-name.ts";
import { render } from "../text.ts";
import { aftermathOf } from "./aftermath.ts";
import { heading } from "./label.ts";
import { database, declared, note, operationParticipant, thirdParty, type Participant } from "./participants.ts";
import { stepsOf } from "./sequence-steps.ts";
import { triggersOf } from "./triggers.ts";

/** One diagram for each command: who asks, what it does, and what follows. */
export function emitSequences(facts: Facts, { hash }: Stamp): readonly Pick<Artefact, "path" | "text">[] {
  const routes = new Map(routesOf(facts.model).flatMap((route) => (route.kind === "operation" ? [[route.operation, route] as const] : [])));
  const commands = facts.model.operations.filter(({ kind }) => kind === "command");
  return commands.map((operation) => {
    const triggers = triggersOf(facts, operation, routes.get(operation.id));
    const { participants, lines } = aftermathOf(facts, operation);
    const everybody = [...triggers.flatMap((trigger) => trigger.participants), ...participantsWithin(facts, operation), ...participants];
    const blocks = [
      declared(everybody),
      triggers.flatMap(({ before }) => before),
      operation.idempotent === "required" && [note([operationParticipant(operation)], "once for each Idempotency-Key")],
      stepsOf(facts, operation),
      triggers.flatMap(({ after }) => after),
      lines,
    ];
    return {
      path: `sequences/${safeName(operation.id)}.mmd`,
      text: render([...heading(operation.id, hash), "sequenceDiagram", ...blocks]),
    };
  });
}

/** The operation, whom it calls on our side, the database, and third parties at the far side. */
function participantsWithin({ model, calls }: Facts, operation: Operation): readonly Participant[] {
  const operations = [operation, ...atomicWithin(model, operation)];
  const callees = operations.flatMap(({ id }) => calls.calleesOf(id));
  const ours = callees.flatMap((callee) => (callee.kind === "operation" ? [operationParticipant(callee.operation)] : []));
  const theirs = callees.flatMap((callee) => (callee.kind === "external" ? [thirdParty(callee.integration.name)] : []));
  const stores = operations.some(({ reads, writes, emits }) => reads.length + writes.length + emits.length > 0);
  return [operationParticipant(operation), ...ours, ...(stores ? [database] : []), ...theirs];
}
