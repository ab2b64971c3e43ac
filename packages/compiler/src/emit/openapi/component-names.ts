import type { Entity, JsonSchema, Model, SchemaScope } from "@archwright/model";
import { lookupOf } from "@archwright/model";

export const problemName = "Problem";

/** The scope of schemas that refer to each entity's own, which the document holds once. */
export function referringScope(model: Model): SchemaScope {
  const lookup = lookupOf(model);
  return { model, lookup, entity: (id) => schemaReference(schemaName(lookup.entity(id))) };
}

/** What an entity's schema is called. Component names know few characters, and one name is ours. */
export function schemaName({ id, name }: Entity): string {
  return componentKey(name === problemName ? id : name);
}

export function componentKey(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
}

export const schemaReference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
