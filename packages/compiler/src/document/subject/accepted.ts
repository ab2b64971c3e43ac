import type { Model } from "@archwright/model";
import { groupsOf } from "../../facts/groups.ts";

/** A finding that somebody has accepted, with the reason, and where. */
export interface Accepted {
  readonly finding: string;
  readonly reason: string;
  readonly items: readonly string[];
}

/** Each finding once for each reason, in the order of the model. */
export function acceptedIn(model: Model): readonly Accepted[] {
  const named = [...model.contexts, ...model.integrations].map(({ name, accept }) => ({ id: name, accept }));
  const items = [
    { id: model.name, accept: model.requirements.accept },
    ...named,
    ...model.entities,
    ...model.operations,
    ...model.events,
    ...model.jobs,
  ];
  const all = items.flatMap(({ id, accept }) => Object.entries(accept).map(([finding, reason]) => ({ id, finding, reason })));
  return [...groupsOf(all, ({ finding, reason }) => `${finding}\n${reason}`).values()].flatMap(([first, ...others]) =>
    first ? [{ finding: first.finding, reason: first.reason, items: [first, ...others].map(({ id }) => id) }] : [],
  );
}
