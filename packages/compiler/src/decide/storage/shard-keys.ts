import type { Entity, Model, Operation } from "@archwright/model";
import { groupsOf } from "../../facts/groups.ts";

/** What rows could be split by, and what then no longer lies on one shard. */
export interface ShardKey {
  /** The entity whose rows are the owners: a tenant, or an actor. */
  readonly owner: Entity;
  /** What belongs to one owner, itself or by way of what it refers to. */
  readonly together: ReadonlySet<string>;
  /** Operations that touch rows of several shards, or cannot know of which. */
  readonly crossing: readonly Operation[];
}

/** Undefined where no entity has a tenant. */
export function tenantKey(model: Model): ShardKey | undefined {
  const names = model.entities.flatMap((entity) =>
    ownersOf(
      entity,
      entity.fields.filter(({ name }) => name === entity.tenant),
    ),
  );
  return keyOf(model, mostNamed(names));
}

/** By the actor that most entities refer to. Undefined where none refers to any. */
export function ownerKey(model: Model): ShardKey | undefined {
  const actors = new Set(model.roles.map(({ actor }) => actor));
  return keyOf(model, mostNamed(model.entities.flatMap((entity) => ownersOf(entity, entity.fields)).filter((id) => actors.has(id))));
}

/** By the id of each row: only what touches one row of one entity, by its id, stays on one shard. */
export function crossingById(model: Model, isSelecting: (operation: string) => boolean): readonly Operation[] {
  return model.operations.filter((operation) => touched(operation).size > 1 || isSelecting(operation.id) || isPage(operation));
}

const ownersOf = ({ id }: Entity, fields: Entity["fields"]): readonly string[] => [
  ...new Set(fields.flatMap((field) => (field.kind === "ref" && field.entity !== id ? [field.entity] : []))),
];

function mostNamed(ids: readonly string[]): string | undefined {
  const groups = [...groupsOf(ids, (id) => id).values()];
  return groups.reduce<readonly string[]>((most, group) => (group.length > most.length ? group : most), [])[0];
}

function keyOf(model: Model, id: string | undefined): ShardKey | undefined {
  const owner = model.entities.find((entity) => entity.id === id);
  if (!owner) return undefined;
  const together = belongingTo(model, owner.id);
  const crossing = model.operations.filter(
    (operation) => operation.allow.kind === "anyone" || [...touched(operation)].some((entity) => !together.has(entity)),
  );
  return { owner, together, crossing };
}

function belongingTo({ entities }: Model, owner: string): ReadonlySet<string> {
  const together = new Set([owner]);
  let grew = true;
  while (grew) {
    const found = entities.filter(
      ({ id, fields }) =>
        !together.has(id) && fields.some((field) => field.kind === "ref" && field.optional !== true && together.has(field.entity)),
    );
    for (const { id } of found) together.add(id);
    grew = found.length > 0;
  }
  return together;
}

function touched({ reads, writes, returns }: Operation): ReadonlySet<string> {
  return new Set([...reads, ...writes, ...(returns.kind === "entity" ? [returns.entity] : [])]);
}

const isPage = ({ returns }: Operation): boolean => returns.kind === "field" && returns.field.kind === "page";
