import { anyoneRole, type Entity, type Field, type Operation } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { isPerson } from "../../facts/personal-data.ts";
import { outsidersOf, rowUseOf } from "./row-use.ts";

/** Who gets to see the ids of an entity, and what they would tell. */
export interface KeyExposure {
  /** Whether outsiders hold ids of it: they read rows, are answered with them, or have to name one. */
  readonly isShown: boolean;
  /** Whether its rows are made by people's own devices, of which some work without a network. */
  readonly isMadeOffline: boolean;
  /** Whether its rows are about people, and do not tell by themselves when they were made. */
  readonly hidesTime: boolean;
  /** Whether rows are made while the system runs. */
  readonly grows: boolean;
  /** The entities that name its rows, once for each field that does. */
  readonly referrers: readonly Entity[];
}

export function keyExposureOf(facts: Facts): (entity: Entity) => KeyExposure {
  const { model } = facts;
  const outsiders = new Set(outsidersOf(model.roles));
  const shown = new Set(model.operations.filter((operation) => isForOutsiders(operation, outsiders)).flatMap(entitiesNamed));
  const isOffline = model.requirements.clients.includes("mobile-offline");
  const useOf = rowUseOf(facts);
  return (entity) => {
    const { id, fields, access } = entity;
    const { creators, opaqueWriters } = facts.useOf(id);
    const isRead = access.some(
      ({ role, can }) => (role === anyoneRole || outsiders.has(role)) && (can.includes("read") || can.includes("list")),
    );
    const isCreated = access.some(({ can }) => can.includes("create"));
    const isShown = isRead || shown.has(id);
    return {
      isShown,
      isMadeOffline: isOffline && isShown && (isCreated || creators.some((by) => isFromOutside(facts.items.operations.get(by), outsiders))),
      hidesTime: (isPerson(entity, model.roles) || fields.some(({ personal }) => personal)) && !fields.some(({ now }) => now === true),
      grows:
        isCreated || creators.length + opaqueWriters.length > 0 || model.roles.some(({ actor, signUp }) => signUp === true && actor === id),
      referrers: useOf(entity).referrers.map(({ entity: referrer }) => referrer),
    };
  };
}

const isFromOutside = (operation: Operation | undefined, outsiders: ReadonlySet<string>): boolean =>
  operation !== undefined && isForOutsiders(operation, outsiders);

function isForOutsiders({ allow }: Operation, outsiders: ReadonlySet<string>): boolean {
  return allow.kind === "anyone" || (allow.kind === "roles" && allow.roles.some((role) => outsiders.has(role)));
}

/** The entities whose ids go in or out with an operation. */
function entitiesNamed({ input, returns }: Operation): readonly string[] {
  const answered = returns.kind === "entity" ? [returns.entity] : [];
  const fields = returns.kind === "record" ? returns.fields : returns.kind === "field" ? [returns.field] : [];
  return [...answered, ...[...input, ...fields].flatMap(entitiesOfField)];
}

function entitiesOfField(field: Field): readonly string[] {
  if (field.kind === "ref" || field.kind === "page") return [field.entity];
  return "fields" in field ? field.fields.flatMap(entitiesOfField) : [];
}
