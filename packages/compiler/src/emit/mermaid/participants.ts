import type { Operation } from "@archwright/model";
import { label, nodeId } from "./label.ts";

/** Somebody or something with a line of its own in a sequence diagram. */
export interface Participant {
  readonly id: string;
  readonly title: string;
  readonly kind: "actor" | "participant";
}

export const database: Participant = { id: "database", title: "PostgreSQL", kind: "participant" };
export const relay: Participant = { id: "relay", title: "relay", kind: "participant" };

export const operationParticipant = ({ id }: Pick<Operation, "id">): Participant => ({ id: nodeId("o", id), title: id, kind: "participant" });
export const thirdParty = (integration: string): Participant => ({ id: nodeId("i", integration), title: integration, kind: "participant" });
export const channel = (name: string): Participant => ({ id: nodeId("m", name), title: name, kind: "participant" });
export const person = (title: string): Participant => ({ id: "caller", title, kind: "actor" });

/** Each once, in the order of their first mention. */
export function declared(participants: readonly Participant[]): readonly string[] {
  const once = new Map(participants.map((participant) => [participant.id, participant]));
  return [...once.values()].map(({ id, title, kind }) => `${kind} ${id} as ${label(title)}`);
}

export type Arrow = "->>" | "-->>" | "-)" | "--x";

export function message(from: Participant, arrow: Arrow, to: Participant, text: string): string {
  return `${from.id} ${arrow} ${to.id} : ${label(text)}`;
}
