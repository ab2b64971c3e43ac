import {
  changesFromJson,
  coercions,
  placesOf,
  recordFromJson,
  recordFromQuery,
  routesOf,
  schemaScope,
  updateSchema,
  type Field,
  type JsonValue,
  type Model,
  type Route,
  type SchemaScope,
} from "@archwright/model";
import type { FastifyRequest } from "fastify";
import type { InputValues } from "../execution/seams.ts";
import type { InvalidField } from "../problem.ts";
import { createChecks, type Check, type CompileCheck } from "./checks.ts";
import { problem } from "./problems.ts";
import { isUnstorable, unstorableIn } from "./unstorable.ts";

/** The input of a request, in memory and valid. @throws ProblemError invalid-input with all that is wrong. */
export type ReadInput = (request: FastifyRequest) => InputValues;

/** A route with what reads its requests: compiled once, before the first one. */
export interface ReadableRoute {
  readonly route: Route;
  readonly read: ReadInput;
}

export function readableRoutes(model: Model): readonly ReadableRoute[] {
  const scope = schemaScope(model);
  const compile = createChecks(scope);
  return routesOf(model).map((route) => ({ route, read: inputReader(route, scope, compile) }));
}

/** The reader of a body alone, for routes that are no part of the model. */
export function bodyReader(fields: readonly Field[], compile: CompileCheck): ReadInput {
  const part = bodyPart(fields, compile(fields), recordFromJson);
  return (request) => {
    const { json, faults } = part.look(request);
    if (faults.length > 0) throw invalid(faults);
    return part.values(json);
  };
}

interface Part {
  look(request: FastifyRequest): { readonly json: unknown; readonly faults: readonly InvalidField[] };
  values(json: unknown): InputValues;
}

type FromJson = (fields: readonly Field[], json: unknown) => InputValues;

function inputReader(route: Route, scope: SchemaScope, compile: CompileCheck): ReadInput {
  const { path, query, body } = placesOf(scope.model, route);
  // An operation's whole input is there, missing fields as null. An entity's own routes tell what was given from what was not.
  const toValues = route.kind === "operation" ? recordFromJson : changesFromJson;
  const bodyCheck = route.kind === "update" ? compile(body, updateSchema(scope, scope.lookup.entity(route.entity))) : compile(body);
  const parts = [
    ...(path.length > 0 ? [textPart(path, compile(path), ({ params }) => params, toValues)] : []),
    // Without fields there is still the check that nothing else was sent.
    textPart(query, compile(query), ({ query: given }) => given, route.kind === "list" ? listValues : toValues),
    ...(route.method === "GET" ? [] : [bodyPart(body, bodyCheck, toValues)]),
  ];
  return (request) => {
    const looks = parts.map((part) => part.look(request));
    const faults = looks.flatMap(({ faults: found }) => found);
    if (faults.length > 0) throw invalid(faults);
    return Object.assign({}, ...parts.map((part, index) => part.values(looks[index]?.json)));
  };
}

/** Filters are those that were given, and `limit` has a default. */
function listValues(fields: readonly Field[], json: unknown): InputValues {
  const limit = fields.filter(({ name }) => name === "limit");
  return { ...recordFromJson(limit, json), ...changesFromJson(fields, json) };
}

function textPart(fields: readonly Field[], check: Check, source: (request: FastifyRequest) => unknown, toValues: FromJson): Part {
  // JSON in an address may escape what the address itself cannot hold.
  const readsJson = fields.some(({ kind }) => coercions[kind] === "json");
  return {
    look(request) {
      const json = recordFromQuery(fields, source(request) as Readonly<Record<string, string | readonly string[]>>); // What the router and the query's parser make.
      if (readsJson && isUnstorable(json)) throw problem("invalid-input", { detail: unstorableIn("the address") });
      return { json, faults: check(json, 0) };
    },
    values: (json) => toValues(fields, json),
  };
}

function bodyPart(fields: readonly Field[], check: Check, toValues: FromJson): Part {
  const nothing: JsonValue = {};
  return {
    look({ body, exchange }) {
      // Who sends no body hears which fields are missing from it.
      const json = body === undefined ? nothing : body;
      return { json, faults: check(json, exchange.bodyBytes) };
    },
    values: (json) => toValues(fields, json),
  };
}

function invalid(fields: readonly InvalidField[]): Error {
  const [first, ...others] = fields;
  const place = first === undefined ? "" : first.path === "" ? `The body ${first.message}.` : `${first.path} ${first.message}.`;
  return problem("invalid-input", { detail: others.length === 0 ? place : `${place} And ${others.length} more.`, fields });
}
