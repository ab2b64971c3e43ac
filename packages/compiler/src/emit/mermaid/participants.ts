import type { Operation } from "@archwright/model";
import { listed } from "../../lint/phrases.ts";
import { label, nodeId, sentence } from "./label.ts";

/** Somebody or something with a line of its own in a sequence diagram. */
export interface Participant {
  readonly id: string;
  readonly title: string;
  readonly kind: "actor" | "participant";
}

export const database: Participant = { id: "database", title: "PostgreSQL", kind: "participant" };
export const relay: Participant = { id: "relay", title: "relay", kind: "participant" };

export const operationParticipant = ({ id }: Pick<Operation, "id">): Participant => ({
  id: nodeId("op", id),
  title: id,
  kind: "participant",
});
export const thirdParty = (integration: string): Participant => ({ id: nodeId("i", integration), title: integration, kind: "participant" });
export const channels = (names: readonly string[]): Participant => ({
  id: nodeId("m", names.join("_")),
  title: listed(names),
  kind: "participant",
});
export const person = (title: string): Participant => ({ id: "caller", title, kind: "actor" });

/** Each once, in the order of their first mention. */
export function declared(participants: readonly Participant[]): readonly string[] {
  const once = new Map(participants.map((participant) => [participant.id, participant]));
  return [...once.values()].map(({ id, title, kind }) => `${kind} ${id} as ${label(title)}`);
}

export type Arrow = "->>" | "-->>" | "-)" | "--x";

export function message(from: Participant, arrow: Arrow, to: Participant, text: string): string {
  return `${from.id} ${arrow} ${to.id} : ${sentence(text)}`;
}

export function note(over: readonly Participant[], text: string): string {
  return `note over ${over.map(({ id }) => id).join(",")} : ${sentence(text)}`;
}
