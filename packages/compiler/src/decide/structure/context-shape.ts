import type { Context, Entity } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { groupsOf } from "../../facts/groups.ts";
import { processGroupsOf } from "./process-groups.ts";
import { transactionOf } from "./transaction.ts";

/** How large a context is, what it shares with others, and where it would come apart. */
export interface ContextShape {
  readonly context: Context;
  readonly entities: readonly Entity[];
  readonly operations: number;
  /** References and calls to and from other contexts. */
  readonly dependencies: number;
  /** The context that it shares most of them with, one of the same owner before any other. */
  readonly neighbour?: Neighbour;
  /** Its entities, in groups that no transaction writes together. */
  readonly parts: readonly (readonly string[])[];
  /** References between those groups. */
  readonly seams: number;
}

interface Neighbour {
  readonly context: Context;
  readonly dependencies: number;
  /** Of these, calls inside a transaction. */
  readonly bindings: number;
  readonly isOfSameOwner: boolean;
}

/** Of each context that holds anything. Linear in the size of the model. */
export function contextShapesOf(facts: Facts): readonly ContextShape[] {
  const { model, dependencies } = facts;
  const { bindings } = processGroupsOf(facts);
  const entities = groupsOf(model.entities, ({ context }) => context);
  const operations = groupsOf(model.operations, ({ context }) => context);
  const actors = new Set(model.roles.flatMap(({ actor }) => actor ?? []));
  // Whose something is, is said everywhere, and binds nobody to what else is known of him.
  const binding = dependencies.filter(({ target }) => !actors.has(target));
  const pairs = groupsOf(
    binding.flatMap(({ from, to }) => [
      { context: from, other: to },
      { context: to, other: from },
    ]),
    ({ context }) => context,
  );
  return model.contexts.flatMap((context): readonly ContextShape[] => {
    const own = entities.get(context.name) ?? [];
    const ran = operations.get(context.name) ?? [];
    if (own.length + ran.length === 0) return [];
    const shared = groupsOf(pairs.get(context.name) ?? [], ({ other }) => other);
    const neighbours = [...shared].flatMap(([name, between]): readonly Neighbour[] => {
      const other = facts.items.contexts.get(name);
      if (!other) return [];
      const bound = bindings.filter(({ from, to }) => (from === context.name && to === name) || (from === name && to === context.name));
      return [{ context: other, dependencies: between.length, bindings: bound.length, isOfSameOwner: other.owner === context.owner }];
    });
    const [neighbour] = neighbours.toSorted(
      (left, right) => Number(right.isOfSameOwner) - Number(left.isOfSameOwner) || right.dependencies - left.dependencies,
    );
    const parts = partsOf(
      own,
      ran.map((operation) => transactionOf(facts.calls, operation).flatMap(({ writes }) => writes)),
    );
    return [
      {
        context,
        entities: own,
        operations: ran.length,
        dependencies: pairs.get(context.name)?.length ?? 0,
        ...(neighbour && { neighbour }),
        parts,
        seams: seamsOf(own, parts),
      },
    ];
  });
}

/** Entities that one transaction writes are one part. */
function partsOf(entities: readonly Entity[], transactions: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const leaders = new Map(entities.map(({ id }) => [id, id]));
  const leaderOf = (id: string): string => {
    const next = leaders.get(id) ?? id;
    return next === id ? id : leaderOf(next);
  };
  for (const writes of transactions) {
    const [first, ...others] = writes.filter((id) => leaders.has(id));
    if (first !== undefined) for (const other of others) leaders.set(leaderOf(other), leaderOf(first));
  }
  return [...groupsOf(entities, ({ id }) => leaderOf(id)).values()].map((part) => part.map(({ name }) => name));
}

function seamsOf(entities: readonly Entity[], parts: readonly (readonly string[])[]): number {
  const partOf = new Map(parts.flatMap((names, place) => names.map((name) => [name, place])));
  const nameOf = new Map(entities.map(({ id, name }) => [id, name]));
  return entities.reduce((total, { name, fields }) => {
    const others = fields.filter((field) => field.kind === "ref" && partOf.get(nameOf.get(field.entity) ?? name) !== partOf.get(name));
    return total + others.length;
  }, 0);
}
