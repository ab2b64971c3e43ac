import type { Field } from "../model/field.ts";
import type { Entity, Model, Operation } from "../model/model.ts";
import { filterFields, pageFields, sortField } from "./list-query.ts";
import { pathParameters, type Route } from "./routes.ts";
import { creatableFields, updatableFields } from "./writable-fields.ts";

/** Where a caller puts each field of a route's input. */
export interface Places {
  readonly path: readonly Field[];
  readonly query: readonly Field[];
  readonly body: readonly Field[];
}

export function placesOf(model: Model, route: Route): Places {
  return route.kind === "operation"
    ? operationPlaces(route, operationOf(model, route.operation))
    : entityPlaces(route, entityOf(model, route.entity));
}

export function operationOf(model: Model, id: string): Operation {
  return found(
    model.operations.find((operation) => operation.id === id),
    id,
  );
}

export function entityOf(model: Model, id: string): Entity {
  return found(
    model.entities.find((entity) => entity.id === id),
    id,
  );
}

/** The query gives whole pages of rows, and so takes `limit` and `after` besides its own input. A handler pages as its input says. */
export function isPaged({ returns, implementation }: Operation): boolean {
  return implementation.kind === "body" && returns.kind === "field" && returns.field.kind === "page";
}

function operationPlaces({ method, path }: Route, operation: Operation): Places {
  const inPath = new Set(pathParameters(path));
  const rest = operation.input.filter(({ name }) => !inPath.has(name));
  const fields = { path: operation.input.filter(({ name }) => inPath.has(name)), query: isPaged(operation) ? pageFields : [] };
  const bodiless = method === "GET" || method === "DELETE";
  return bodiless ? { ...fields, query: [...rest, ...fields.query], body: [] } : { ...fields, body: rest };
}

function entityPlaces({ kind }: Route, entity: Entity): Places {
  const nothing: Places = { path: [], query: [], body: [] };
  const id: readonly Field[] = [{ kind: "ref", entity: entity.id, name: "id" }];
  switch (kind) {
    case "list":
      return { ...nothing, query: [...filterFields(entity), sortField(entity), ...pageFields] };
    case "create":
      return { ...nothing, body: creatableFields(entity) };
    case "update":
      return { ...nothing, path: id, body: updatableFields(entity) };
    default:
      return { ...nothing, path: id };
  }
}

function found<T>(item: T | undefined, id: string): T {
  if (!item) throw new TypeError(`The model has no item "${id}".`);
  return item;
}
