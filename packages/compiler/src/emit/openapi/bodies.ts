import {
  createSchema,
  exampleCursor,
  exampleRecord,
  exampleResult,
  exampleRow,
  inputSchema,
  isPaged,
  pageSchema,
  resultSchema,
  successStatusOf,
  updateSchema,
  type Entity,
  type Field,
  type JsonRecord,
  type JsonSchema,
  type JsonValue,
  type Operation,
  type Route,
  type SchemaScope,
} from "@archwright/model";
import { headerReferences, linkHeader, type HeaderName } from "./headers.ts";

/** What a route is about: the operation behind it, or the entity whose own route it is. */
export type Subject =
  | { readonly operation: Operation; readonly entity?: undefined }
  | { readonly entity: Entity; readonly operation?: undefined };

export function requestBody(scope: SchemaScope, route: Route, subject: Subject, fields: readonly Field[]): JsonRecord | undefined {
  if (fields.length === 0) return undefined;
  const schema = requestSchema(scope, route, subject, fields);
  const required = route.kind === "update" || schema["required"] !== undefined;
  return { ...(required && { required }), content: json(schema, exampleRecord(scope, fields, subject.entity?.id)) };
}

export function successResponse(scope: SchemaScope, route: Route, subject: Subject): readonly [status: string, response: JsonRecord] {
  const status = successStatusOf(scope.model, route);
  const answer = status === 204 ? undefined : answerOf(scope, route, subject);
  const headers = successHeaders(route, subject);
  return [String(status), { description: statusWords[status], headers, ...(answer && { content: json(answer.schema, answer.example) }) }];
}

/** JSON content with an example, if there is one. */
export function json(schema: JsonSchema, example: JsonValue | undefined): JsonRecord {
  return { "application/json": { schema, ...(example !== undefined && { example }) } };
}

const statusWords = { 200: "What was asked for.", 201: "Created.", 204: "Done. There is nothing to say." } as const;

function requestSchema(scope: SchemaScope, { kind }: Route, { entity }: Subject, fields: readonly Field[]): JsonSchema {
  if (!entity) return inputSchema(scope, fields);
  return kind === "update" ? updateSchema(scope, entity) : createSchema(scope, entity);
}

function answerOf(
  scope: SchemaScope,
  { kind }: Route,
  { operation, entity }: Subject,
): { readonly schema: JsonSchema; readonly example: JsonValue | undefined } | undefined {
  if (operation) {
    const schema = resultSchema(scope, operation.returns);
    return schema && { schema, example: exampleResult(scope, operation.returns) };
  }
  const row = exampleRow(scope, entity);
  if (kind === "list") return { schema: pageSchema(scope, entity), example: row && { items: [row], next: exampleCursor } };
  return { schema: scope.entity(entity.id), example: row };
}

function successHeaders({ kind, path }: Route, { operation }: Subject): JsonRecord {
  const paged = kind === "list" || (operation !== undefined && isPaged(operation));
  const replayed: readonly HeaderName[] = operation?.idempotent === "required" ? ["Idempotency-Replayed"] : [];
  return { ...headerReferences(["X-Request-Id", "RateLimit", "RateLimit-Policy", ...replayed]), ...(paged && linkHeader(path)) };
}
