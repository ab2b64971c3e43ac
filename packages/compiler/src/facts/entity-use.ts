import type { Action, Entity, Job, Model, Operation, Returns } from "@archwright/model";
import type { RecordedBody } from "./bodies.ts";
import { groupsOf } from "./groups.ts";

/** Who touches the rows of an entity: operations and jobs by their ids, roles by the access rules. */
export interface EntityUse {
  /** Those that read rows or answer with them. */
  readonly readers: readonly string[];
  readonly writers: readonly string[];
  /** The bodies that create rows. */
  readonly creators: readonly string[];
  /** Writers whose code is not data: what they do to a row is not known. */
  readonly opaqueWriters: readonly string[];
}

export function entityUseOf(model: Model, bodies: readonly RecordedBody[]): (entity: string) => EntityUse {
  const recorded = new Set(bodies.map(({ item }) => item));
  const holders: readonly (Operation | Job)[] = [...model.operations, ...model.jobs];
  const reads = holders.flatMap((holder) => [...holder.reads, ...returned(holder)].map((entity) => ({ entity, by: holder.id })));
  const writes = holders.flatMap(({ id, writes: written }) => written.map((entity) => ({ entity, by: id })));
  const creates = bodies.flatMap(({ item, steps }) =>
    steps.flatMap((step) => (step.kind === "create" ? [{ entity: step.entity, by: item }] : [])),
  );
  const readers = idsBy(reads);
  const writers = idsBy(writes);
  const creators = idsBy(creates);
  return (entity) => {
    const written = writers(entity);
    return {
      readers: readers(entity),
      writers: written,
      creators: creators(entity),
      opaqueWriters: written.filter((id) => !recorded.has(id)),
    };
  };
}

function idsBy(uses: readonly { readonly entity: string; readonly by: string }[]): (entity: string) => readonly string[] {
  const groups = groupsOf(uses, ({ entity }) => entity);
  return (entity) => [...new Set(groups.get(entity)?.map(({ by }) => by))];
}

/** The access rules that let a role do something. */
export function rulesFor(entity: Entity, ...actions: readonly Action[]): Entity["access"] {
  return entity.access.filter(({ can }) => can.some((action) => actions.includes(action)));
}

function returned(holder: Operation | Job): readonly string[] {
  return "returns" in holder ? entityOf(holder.returns) : [];
}

function entityOf(returns: Returns): readonly string[] {
  if (returns.kind === "entity") return [returns.entity];
  return returns.kind === "field" && returns.field.kind === "page" ? [returns.field.entity] : [];
}
