import type { Event } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { repetitionOf } from "../../facts/repetition.ts";
import type { Input } from "../../formulas/formula.ts";
import { assumed, whether } from "../../quantities/given.ts";
import { commandsOn } from "./reacting.ts";

/** What acts again when it is run again: commands that are not known to be repeatable, and messages, which would be sent twice. */
export function repeatingOn(event: Event, facts: Facts): readonly string[] {
  const commands = commandsOn(event.id, facts).filter((command) => repetitionOf(command, facts.items) !== "safe");
  return [...commands, ...facts.events.messagesOn(event.id)].map(({ name }) => name);
}

/** The calls of third parties that would be made again, and take no key by which they could tell. */
export function outsideOn(event: Event, facts: Facts): readonly string[] {
  const callees = commandsOn(event.id, facts).flatMap(({ id }) => facts.calls.calleesWithin(id));
  return callees.flatMap((callee) => (callee.kind === "external" && callee.call.idempotencyKey !== true ? [callee.call.name] : []));
}

/** Only what does nothing but count may lose an event; whether it does is for the owner to say. */
export function mayBeLost(event: Event, facts: Facts): Input {
  const commands = commandsOn(event.id, facts);
  const counts = facts.events.messagesOn(event.id).length === 0 && commands.every(({ id }) => onlyCounts(id, facts));
  const words = `now and then one ${event.name} may be lost`;
  if (!counts) return whether(`${event.id}.may-be-lost`, words, false, event.id);
  return assumed({
    id: `${event.id}.may-be-lost`,
    words,
    unit: "yes/no",
    value: 0,
    range: [0, 1],
    ask: `Would anybody mind if now and then one ${event.name} were not counted?`,
    because: `all that follows one ${event.name} is a number that goes up`,
  });
}

function onlyCounts(id: string, { bodies }: Facts): boolean {
  const steps = bodies.find(({ item }) => item === id)?.steps ?? [];
  const writing = steps.filter(({ kind }) => kind !== "get" && kind !== "page" && kind !== "require");
  return writing.length > 0 && writing.every((step) => step.kind === "change" && step.direction === "increase");
}
