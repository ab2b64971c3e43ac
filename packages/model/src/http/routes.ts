import type { Action, Allow, Entity, Method, Model, Operation } from "../model/model.ts";
import { anyoneRole, rolesThatMay } from "../relational/access.ts";
import { kebab, plural } from "./words.ts";

/** One method and path that the model serves, and who may call it. */
export type Route = OperationRoute | EntityRoute;

interface OperationRoute extends RouteBase {
  readonly kind: "operation";
  readonly operation: string;
  readonly entity?: undefined;
}

interface EntityRoute extends RouteBase {
  readonly kind: Action;
  readonly entity: string;
  readonly operation?: undefined;
}

interface RouteBase {
  readonly method: Method;
  /** `/orders/:order/cancel`. */
  readonly path: string;
  readonly roles: Allow;
}

/** Every route of the model, sorted by path and method. An operation takes the place of an entity's route with the same method and path. */
export function routesOf(model: Model): readonly Route[] {
  const operations = model.operations.flatMap(operationRoute);
  const taken = new Set(operations.map(shapeOf));
  const entities = model.entities.flatMap(entityRoutes).filter((route) => !taken.has(shapeOf(route)));
  return [...operations, ...entities].sort(byPathAndMethod);
}

/** The names behind the colons of a path, in order. */
export function pathParameters(path: string): readonly string[] {
  return [...path.matchAll(/:([^/]+)/g)].flatMap(([, name]) => name ?? []);
}

/** The same for two routes that no server can tell apart: `GET /orders/:`. */
export function shapeOf({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method} ${path.replace(/:[^/]+/g, ":")}`;
}

/** Where an entity's rows live: `/order-lines`. Entities of one system have different names, whatever their context. */
export function collectionPath({ name }: Entity): string {
  return `/${plural(kebab(name))}`;
}

function operationRoute(operation: Operation): readonly OperationRoute[] {
  if (operation.allow.kind === "system") return [];
  const { method, path } = operation.http ?? defaultHttp(operation);
  return [{ kind: "operation", method, path, operation: operation.id, roles: operation.allow }];
}

function defaultHttp({ kind, context, name }: Operation): { method: Method; path: string } {
  return { method: kind === "query" ? "GET" : "POST", path: `/${kebab(context)}/${kebab(name)}` };
}

function entityRoutes(entity: Entity): readonly EntityRoute[] {
  const collection = collectionPath(entity);
  return actions.flatMap(({ kind, method, one }) => {
    const roles = rolesThatMay(entity, kind);
    const path = one ? `${collection}/:id` : collection;
    return roles.length === 0 ? [] : [{ kind, method, path, entity: entity.id, roles: allowOf(roles) }];
  });
}

const actions: readonly { readonly kind: Action; readonly method: Method; readonly one: boolean }[] = [
  { kind: "list", method: "GET", one: false },
  { kind: "create", method: "POST", one: false },
  { kind: "read", method: "GET", one: true },
  { kind: "update", method: "PATCH", one: true },
  { kind: "delete", method: "DELETE", one: true },
];

function byPathAndMethod(left: Route, right: Route): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return methodOrder.indexOf(left.method) - methodOrder.indexOf(right.method);
}

const methodOrder: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

function allowOf(roles: readonly string[]): Allow {
  return roles.includes(anyoneRole) ? { kind: "anyone" } : { kind: "roles", roles };
}
