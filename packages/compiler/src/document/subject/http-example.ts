import {
  errorsOf,
  exampleCursor,
  exampleRecord,
  exampleResult,
  exampleRow,
  placesOf,
  problems,
  problemsOf,
  problemType,
  sentenceCase,
  successStatusOf,
  type JsonRecord,
  type JsonValue,
  type Model,
  type ProblemCode,
  type Route,
  type SchemaScope,
} from "@archwright/model";
import { exampleRequestId } from "../../emit/openapi/headers.ts";

/** A request as a client sends it, and the answer when all is well, as they go over the wire. */
export interface Exchange {
  readonly request: string;
  readonly response: string;
}

export function exchangeOf(scope: SchemaScope, route: Route): Exchange {
  const { model, lookup } = scope;
  const places = placesOf(model, route);
  const owner = route.entity;
  const operation = route.kind === "operation" ? lookup.operation(route.operation) : undefined;
  const body = places.body.length > 0 ? exampleRecord(scope, places.body, owner) : undefined;
  const query = exampleRecord(
    scope,
    places.query.filter(({ optional }) => optional !== true),
    owner,
  );
  const headers = [
    ...(route.roles.kind === "roles" ? ["Authorization: Bearer eyJhbGciOi…"] : []),
    ...(operation?.idempotent === "required" ? [`Idempotency-Key: ${exampleRequestId}`] : []),
    ...(body ? ["Content-Type: application/json"] : []),
  ];
  return {
    request: message(
      [`${route.method} ${filled(route.path, exampleRecord(scope, places.path, owner))}${queryText(query)} HTTP/1.1`, ...headers],
      body,
    ),
    response: answer(scope, route),
  };
}

function answer(scope: SchemaScope, route: Route): string {
  const status = successStatusOf(scope.model, route);
  const body = status === 204 ? undefined : answered(scope, route);
  return message([`HTTP/1.1 ${status} ${statusWords[status]}`, ...(body === undefined ? [] : ["Content-Type: application/json"])], body);
}

function answered(scope: SchemaScope, route: Route): JsonValue | undefined {
  if (route.kind === "operation") return exampleResult(scope, scope.lookup.operation(route.operation).returns);
  const row = exampleRow(scope, scope.lookup.entity(route.entity));
  return route.kind === "list" && row ? { items: [row], next: exampleCursor } : row;
}

const statusWords: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

function message(head: readonly string[], body: JsonValue | undefined): string {
  return [...head, ...(body === undefined ? [] : ["", JSON.stringify(body, undefined, 2)])].join("\n");
}

function filled(path: string, values: JsonRecord | undefined): string {
  return path.replace(/:([^/]+)/g, (whole, name: string) => {
    const value = values?.[name];
    return typeof value === "string" || typeof value === "number" ? encodeURIComponent(value) : whole;
  });
}

function queryText(values: JsonRecord | undefined): string {
  const pairs = Object.entries(values ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(typeof value === "string" ? value : JSON.stringify(value))}`,
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** One way for a request to fail: what a program decides by, and what it means. */
export interface Failing {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
  /** The operation that declares it; nothing for what every route knows. */
  readonly from?: string;
}

export function failuresOf(model: Model, route: Route): { readonly declared: readonly Failing[]; readonly known: readonly ProblemCode[] } {
  const operation = route.kind === "operation" ? model.operations.find(({ id }) => id === route.operation) : undefined;
  const declared = operation
    ? errorsOf(model, operation).map(({ name, status, from }): Failing => ({
        code: name,
        status,
        title: sentenceCase(name) || name,
        meaning: "",
        from,
      }))
    : [];
  return { declared, known: problemsOf(model, route) };
}

/** The document that a client gets, as RFC 9457 has it. */
export function problemDocument({ code, status, title }: Pick<Failing, "code" | "status" | "title">, detail?: string): string {
  const document = { type: problemType(code), title, status, code, ...(detail !== undefined && { detail }), requestId: exampleRequestId };
  return message([`HTTP/1.1 ${status} ${statusWords[status] ?? ""}`.trim(), "Content-Type: application/problem+json"], document);
}

export const knownProblem = (code: ProblemCode): Failing => problems[code];
