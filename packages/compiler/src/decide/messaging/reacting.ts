import { stepsWithin, type Event, type Operation, type StepKind } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { named, one, sum, zero, type Formula } from "../../formulas/formula.ts";
import { formulaOf } from "../../quantities/given.ts";
import { oncePerModel } from "../once-per-model.ts";
import type { Brief } from "../rule.ts";

/** The commands that run when something happens, and what can be said of them together. */
export function commandsOn(event: string, { items, events }: Facts): readonly Operation[] {
  return events.reactionsTo(event).flatMap(({ command }) => items.operations.get(command) ?? []);
}

/** Events of our own and of third parties to which commands react. */
export function eventsWithReactions({ model, events }: Facts): readonly Event[] {
  return model.events.filter(({ id }) => events.reactionsTo(id).length > 0);
}

/** How long all that follows one event takes, one after the other, on an idle system. */
export const followUpMs = ({ id }: Event, brief: Brief): Formula => followUps(brief)(id);

const followUps = oncePerModel(({ facts, quantities: { work, promises } }) =>
  formulaOf((event) => {
    const commands = commandsOn(event, facts);
    const calls = commands.flatMap(({ id }) => facts.calls.calleesWithin(id)).filter(({ kind }) => kind === "external");
    const own = commands.flatMap(({ id }) => [work.applicationMsOf(id), work.databaseMsOf(id)]);
    const waits = calls.map(({ id }) => promises.callP50Of(id));
    const name = facts.items.events.get(event)?.name ?? event;
    return named(`${event}.follow-up`, `time that the reactions to one ${name} take`, "ms", sum(...own, ...waits));
  }, zero),
);

/** Whether what a command and all that it calls write comes out the same in whatever order it is run: new rows, and numbers that are added to. */
export function commutes(operation: Operation, { calls }: Facts): boolean {
  const called = calls.calleesWithin(operation.id).flatMap((callee) => (callee.kind === "operation" ? [callee.operation] : []));
  return [operation, ...called].every(writesCommute);
}

function writesCommute({ writes, implementation }: Operation): boolean {
  return (
    writes.length === 0 ||
    (implementation.kind === "body" && stepsWithin(implementation.body.steps).every(({ kind }) => !overwriting.has(kind)))
  );
}

const overwriting: ReadonlySet<StepKind> = new Set(["update", "transition", "remove"]);

/** Of what entity the row is that an event is about: it names one, or a third party names what we keep of it by a word of its own. */
export function keyOf(event: Event, facts: Facts): string | undefined {
  const { entities } = facts.items;
  const refs = event.fields.flatMap((field) => (field.kind === "ref" && entities.has(field.entity) ? [field.entity] : []));
  if (refs.length > 0 || event.integration === undefined) return refs[0];
  const isNamed = event.fields.some(({ kind, optional }) => kind === "text" && optional !== true);
  return isNamed ? commandsOn(event.id, facts).flatMap(({ writes }) => writes)[0] : undefined;
}

/** How many rows there are that an event can be about. */
export function keysOf(event: Event, { facts, quantities: { volume } }: Brief): Formula {
  const key = keyOf(event, facts);
  return key === undefined ? one : volume.rowsAtHorizonOf(key);
}
