import { lookupOf } from "../model/lookup.ts";
import type { Entity, Model, Returns } from "../model/model.ts";
import { inputSchema, outputField, outputSchema, type JsonSchema, type SchemaScope } from "./field-schema.ts";
import { creatableFields, updatableFields } from "./writable-fields.ts";

/** Schemas that stand alone: an entity's own is written out wherever it is named. */
export function schemaScope(model: Model): SchemaScope {
  const lookup = lookupOf(model);
  const scope: SchemaScope = { model, lookup, entity: (id) => entitySchema(scope, lookup.entity(id)) };
  return scope;
}

/** A row as its readers get it. */
export function entitySchema(scope: SchemaScope, entity: Entity): JsonSchema {
  return outputSchema(scope, entity.fields);
}

/** What the entity's own `POST` takes. */
export function createSchema(scope: SchemaScope, entity: Entity): JsonSchema {
  return inputSchema(scope, creatableFields(entity));
}

/** What the entity's own `PATCH` takes: at least one field, and each of them may be left out. */
export function updateSchema(scope: SchemaScope, entity: Entity): JsonSchema {
  const { required: _required, properties = {}, ...schema } = inputSchema(scope, updatableFields(entity));
  return { ...schema, properties: withoutDefaults(properties as { readonly [name: string]: JsonSchema }), minProperties: 1 }; // What inputSchema writes there.
}

/** One page of rows: `next` is the cursor of the page after it. */
export function pageSchema(scope: SchemaScope, entity: Entity): JsonSchema {
  return outputField(scope, { kind: "page", entity: entity.id, name: "page" });
}

/** What an operation answers, or undefined where it answers nothing. */
export function resultSchema(scope: SchemaScope, returns: Returns): JsonSchema | undefined {
  switch (returns.kind) {
    case "nothing":
      return undefined;
    case "entity":
      return scope.entity(returns.entity);
    case "field":
      return outputField(scope, returns.field);
    case "record":
      return outputSchema(scope, returns.fields);
  }
}

/** A field that a change leaves out keeps its value, and does not fall back to its default. */
function withoutDefaults(properties: { readonly [name: string]: JsonSchema }): JsonSchema {
  return Object.fromEntries(Object.entries(properties).map(([name, { default: _default, ...schema }]) => [name, schema]));
}
