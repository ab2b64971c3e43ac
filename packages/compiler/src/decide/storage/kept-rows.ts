import type { Entity } from "@archwright/model";
import { groupsOf } from "../../facts/groups.ts";
import { sum, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";

/** How the rows of a context are held to each other and found, which is what tells the kinds of databases apart. */
export interface KeptRows {
  readonly entities: readonly Entity[];
  /** Invariants, unique values, and transactions over several kinds of rows. */
  readonly rules: Formula;
  /** Places that find rows by anything but their id. */
  readonly searches: Formula;
  /** Rows a second that are written once, with a time, and never changed. */
  readonly appended: Formula;
}

export function keptRowsOf({ model, facts, quantities }: Pick<Brief, "model" | "facts" | "quantities">): (context: string) => KeptRows {
  const entitiesOf = groupsOf(model.entities, ({ context }) => context);
  const operationsOf = groupsOf(model.operations, ({ context }) => context);
  const selectionsOf = groupsOf(
    facts.selections.filter(({ use }) => use !== "policy"),
    ({ entity }) => entity,
  );
  const changedByBodies = facts.bodies.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === "update" || step.kind === "transition" || step.kind === "change" ? [step.entity] : [])),
  );
  const changed = new Set([...changedByBodies, ...model.entities.flatMap(({ id }) => (isLookedAtToWrite(facts, id) ? [id] : []))]);
  return (context) => {
    const entities = entitiesOf.get(context) ?? [];
    const held = entities.flatMap(({ invariants, fields }) => [...invariants, ...fields.filter(({ unique }) => unique === true)]);
    const together = (operationsOf.get(context) ?? []).filter(({ writes, atomic }) => atomic.length > 0 || writes.length > 1);
    const selecting = entities.flatMap(({ id }) => selectionsOf.get(id) ?? []);
    const listing = entities.filter(({ access }) => access.some(({ can }) => can.includes("list")));
    const count = (id: string, words: string, value: number): Formula => counted(`${context}.${id}`, words, value, context);
    return {
      entities,
      rules: count("rules", `invariants, unique values and transactions over several rows in ${context}`, held.length + together.length),
      searches: count("searches", `places in ${context} that find rows by anything but their id`, selecting.length + listing.length),
      appended: sum(...entities.filter((entity) => isAppended(entity, changed)).map(({ id }) => quantities.work.writesTo(id))),
    };
  };
}

/** A handler that reads what it writes goes on from what is there. */
function isLookedAtToWrite({ useOf, items }: Brief["facts"], entity: string): boolean {
  return useOf(entity).opaqueWriters.some((id) => items.operations.get(id)?.reads.includes(entity) === true);
}

/** Code that is no data is taken at its word: that it writes rows says nothing of changing them, unless the row has states to go through. */
function isAppended({ id, fields, access }: Entity, changed: ReadonlySet<string>): boolean {
  const hasTime = fields.some(({ kind, optional }) => (kind === "time" || kind === "date") && optional !== true);
  const hasStates = fields.some(({ kind }) => kind === "state");
  return hasTime && !hasStates && !changed.has(id) && !access.some(({ can }) => can.includes("update"));
}
