import { atomicWithin, type Operation } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { duration, shortName } from "../../lint/phrases.ts";
import { channels, database, message, operationParticipant, relay, type Participant } from "./participants.ts";

/** What follows once a command is done: the relay brings its events to whoever reacts to them. */
export interface Aftermath {
  readonly participants: readonly Participant[];
  readonly lines: readonly string[];
}

export function aftermathOf(facts: Facts, operation: Operation): Aftermath {
  const emitted = [...new Set([operation, ...atomicWithin(facts.model, operation)].flatMap(({ emits }) => emits))];
  const followed = emitted.map((event) => reactionsTo(facts, event)).filter(({ lines }) => lines.length > 0);
  if (followed.length === 0) return { participants: [], lines: [] };
  return { participants: [relay, ...followed.flatMap(({ participants }) => participants)], lines: followed.flatMap(({ lines }) => lines) };
}

function reactionsTo({ events, items }: Facts, event: string): Aftermath {
  const reactions = events.reactionsTo(event).flatMap(({ command }) => items.operations.get(command) ?? []);
  const messages = events.messagesOn(event);
  const commands = reactions.map((command) => ({
    participant: operationParticipant(command),
    line: message(relay, "->>", operationParticipant(command), command.name),
  }));
  const sent = messages.map(({ name, by, withinMs }) => {
    const participant = channels(by);
    return {
      participant,
      line: message(relay, "-)", participant, `${name}${withinMs === undefined ? "" : `, within ${duration(withinMs)}`}`),
    };
  });
  const all = [...commands, ...sent];
  return {
    participants: all.map(({ participant }) => participant),
    lines: all.length === 0 ? [] : [message(database, "-)", relay, shortName(event)), ...all.map(({ line }) => line)],
  };
}
