import type { Message, Model, Reaction } from "@archwright/model";
import { groupsOf } from "./groups.ts";

/** Where an event comes from and whom it reaches. */
export interface EventFlow {
  /** The operations and jobs that emit it. */
  readonly emittersOf: (event: string) => readonly string[];
  readonly reactionsTo: (event: string) => readonly Reaction[];
  readonly messagesOn: (event: string) => readonly Message[];
  /** The reactions that run a command. */
  readonly reactionsBy: (command: string) => readonly Reaction[];
}

export function eventFlowOf(model: Model): EventFlow {
  const emissions = [...model.operations, ...model.jobs].flatMap(({ id, emits }) => emits.map((event) => ({ emitter: id, event })));
  const emitters = groupsOf(emissions, ({ event }) => event);
  const reactions = groupsOf(model.reactions, ({ event }) => event);
  const messages = groupsOf(model.messages, ({ event }) => event);
  const byCommand = groupsOf(model.reactions, ({ command }) => command);
  return {
    emittersOf: (event) => emitters.get(event)?.map(({ emitter }) => emitter) ?? [],
    reactionsTo: (event) => reactions.get(event) ?? [],
    messagesOn: (event) => messages.get(event) ?? [],
    reactionsBy: (command) => byCommand.get(command) ?? [],
  };
}
