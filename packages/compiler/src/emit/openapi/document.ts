import {
  authRoutesOf,
  fileRoutesOf,
  pathParameters,
  problemSchema,
  routesOf,
  sentenceCase,
  shapeOf,
  type JsonRecord,
  type Model,
  type Route,
  type SchemaScope,
  entitySchema,
} from "@archwright/model";
import type { Stamp } from "../emitter.ts";
import { problemName, referringScope, schemaName, componentKey } from "./component-names.ts";
import { fileOperation, fileTag } from "./files.ts";
import { headerComponents } from "./headers.ts";
import { operationIds, routeName } from "./operation-ids.ts";
import { parameterComponents } from "./parameters.ts";
import { responseComponents } from "./problem-responses.ts";
import { routeOperation } from "./route-operation.ts";
import { signInOperation, signInTag } from "./sign-in.ts";
import { apiDescription, contextDescription } from "./wording.ts";

/** The OpenAPI document of a model: its whole contract over HTTP. */
export function emitOpenApi(model: Model, { hash }: Stamp): JsonRecord {
  const scope = referringScope(model);
  const paths = pathsOf(scope);
  return {
    openapi: "3.1.0",
    info: {
      title: `${sentenceCase(model.name) || model.name} API`,
      version: "1.0.0",
      description: apiDescription(model),
      "x-archwright-model": hash,
    },
    servers: [{ url: "/", description: "The server that this document comes from." }],
    tags: tagsOf(scope),
    paths,
    components: componentsOf(scope, paths),
  };
}

/** One request of the document: a method at a path, and what it means. */
interface Entry {
  readonly path: string;
  readonly method: string;
  readonly operation: (id: string) => JsonRecord;
  readonly name: { readonly short: string; readonly long: string };
}

function pathsOf(scope: SchemaScope): JsonRecord {
  const entries = [...signInEntries(scope), ...fileEntries(scope), ...routeEntries(scope)];
  const ids = operationIds(entries.map(({ name }) => name));
  const operations = entries.map(({ path, method, operation }, index) => ({
    path,
    method,
    operation: operation(componentKey(ids[index] ?? "")),
  }));
  const paths = [...new Set(operations.map(({ path }) => path))];
  return Object.fromEntries(paths.map((path) => [path, pathItem(operations.filter((candidate) => candidate.path === path))]));
}

/** The requests of one path, in the order in which a reader looks for them. */
function pathItem(operations: readonly { readonly method: string; readonly operation: JsonRecord }[]): JsonRecord {
  return Object.fromEntries(
    methods.flatMap((method) =>
      operations.filter((candidate) => candidate.method === method).map(({ operation }) => [method, operation] as const),
    ),
  );
}

const methods = ["get", "post", "put", "patch", "delete"];

function signInEntries(scope: SchemaScope): readonly Entry[] {
  return authRoutesOf(scope).map((route) => ({
    path: route.path,
    method: route.method.toLowerCase(),
    operation: (id) => signInOperation(scope, route, id),
    name: { short: route.name, long: `auth.${route.name}` },
  }));
}

function fileEntries({ model }: SchemaScope): readonly Entry[] {
  return fileRoutesOf(model).map((route) => ({
    path: route.path.replace(/:([^/]+)/g, "{$1}"),
    method: route.method.toLowerCase(),
    operation: (id) => fileOperation(model, route, id),
    name: { short: route.name, long: `files.${route.name}` },
  }));
}

function routeEntries(scope: SchemaScope): readonly Entry[] {
  const routes = routesOf(scope.model);
  const names = namesByShape(routes);
  return routes.map((route) => {
    const pathNames = names.get(pathShape(route)) ?? [];
    return {
      path: templateOf(route, pathNames),
      method: route.method.toLowerCase(),
      operation: (id) => routeOperation(scope, route, id, pathNames),
      name: routeName(route),
    };
  });
}

/** Two routes that differ in the names of their parameters alone are one path to OpenAPI. It has the names that an author gave. */
function namesByShape(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const authorsFirst = [...routes].sort((left, right) => Number(right.kind === "operation") - Number(left.kind === "operation"));
  const names = new Map<string, readonly string[]>();
  for (const route of authorsFirst) if (!names.has(pathShape(route))) names.set(pathShape(route), pathParameters(route.path));
  return names;
}

const pathShape = ({ path }: Route): string => shapeOf({ method: "GET", path });

function templateOf({ path }: Route, names: readonly string[]): string {
  const remaining = [...names];
  return path.replace(/:[^/]+/g, () => `{${remaining.shift() ?? ""}}`);
}

function tagsOf(scope: SchemaScope): readonly JsonRecord[] {
  const { model, lookup } = scope;
  const used = new Set(
    routesOf(model).map((route) => (route.kind === "operation" ? lookup.operation(route.operation) : lookup.entity(route.entity)).context),
  );
  const contexts = model.contexts
    .filter(({ name }) => used.has(name))
    .map(({ name }) => ({ name, description: contextDescription(model, name) }));
  return [...(model.roles.length > 0 ? [signInTag] : []), ...(fileRoutesOf(model).length > 0 ? [fileTag] : []), ...contexts];
}

/** What is described once, as far as something refers to it. */
function componentsOf(scope: SchemaScope, paths: JsonRecord): JsonRecord {
  const { model } = scope;
  const schemas = Object.fromEntries([
    ...model.entities.map((entity) => [schemaName(entity), entitySchema(scope, entity)] as const),
    [problemName, problemSchema],
  ]);
  const all: JsonRecord = { schemas, responses: responseComponents(), parameters: parameterComponents(scope), headers: headerComponents };
  const referred = referencesIn(paths);
  for (const reference of referred) {
    const [, , section = "", name = ""] = reference.split("/");
    const component = (all[section] as JsonRecord | undefined)?.[name]; // Each section is a record of components.
    if (component !== undefined) for (const inner of referencesIn(component)) referred.add(inner);
  }
  const kept = Object.entries(all).map(
    ([section, components]) =>
      [
        section,
        Object.fromEntries(Object.entries(components as JsonRecord).filter(([name]) => referred.has(`#/components/${section}/${name}`))),
      ] as const,
  );
  const securitySchemes =
    model.roles.length > 0 ? { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } } : {};
  return { ...securitySchemes, ...Object.fromEntries(kept.filter(([, components]) => Object.keys(components).length > 0)) };
}

/** The addresses that a part of the document refers to. */
function referencesIn(part: unknown): Set<string> {
  return new Set([...JSON.stringify(part).matchAll(/"\$ref":"([^"]+)"/g)].flatMap(([, reference]) => reference ?? []));
}
