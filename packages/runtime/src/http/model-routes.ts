import {
  entitySchema,
  isPaged,
  pageSchema,
  resultSchema,
  schemaScope,
  type JsonSchema,
  type JsonValue,
  type Model,
  type Operation,
  type Route,
  type SchemaScope,
} from "@archwright/model";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Answer, CallContext, Executor, ListQuery } from "../execution/seams.ts";
import type { Gates } from "./gate.ts";
import { readableRoutes, type ReadableRoute } from "./inputs.ts";
import { mount } from "./mount.ts";
import { problem } from "./problems.ts";
import { createTurnstile } from "./turnstile.ts";
import { within } from "./within.ts";

export interface ModelRoutesOptions {
  readonly model: Model;
  readonly executor: Executor;
  readonly gates: Gates;
  /** How long code that a person wrote may take. */
  readonly answerTimeoutMs: number;
  /** How many requests are worked on at once. */
  readonly underWayMax: number;
}

/** Serves the operations and entities of a model. Everything that can be known of a route is compiled here, before the first request. */
export function serveModel(app: FastifyInstance, options: ModelRoutesOptions): void {
  const scope = schemaScope(options.model);
  const [enter, enterHandler] = [createTurnstile(options.underWayMax), createTurnstile(options.underWayMax)];
  for (const { route, read } of readableRoutes(options.model)) {
    const operation = route.kind === "operation" ? scope.lookup.operation(route.operation) : undefined;
    const schema = answerSchema(route, operation, scope);
    const answer = operation ? operationHandler(operation, read, options) : entityHandler({ route, read }, options);
    const come = operation?.implementation.kind === "handler" ? enterHandler : enter;
    mount(app, {
      method: route.method,
      path: route.path,
      gate: options.gates.forCallers(route.roles),
      ...(schema && { schema: { response: { "2xx": schema } } }),
      handler: (request, reply) => come(() => answer(request, reply)),
    });
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

function operationHandler(operation: Operation, read: ReadableRoute["read"], { executor, answerTimeoutMs }: ModelRoutesOptions): Handler {
  const { id, kind, idempotent, implementation } = operation;
  const continues = isContinued(operation);
  return async (request, reply) => {
    const input = read(request);
    const key = kind === "command" ? idempotencyKey(request, idempotent === "required") : undefined;
    const answering = executor.answer(id, input, contextOf(request, answerTimeoutMs, key));
    // Statements have a timeout of their own; only code that a person wrote can take for ever.
    const answer = await (implementation.kind === "handler" ? within(answerTimeoutMs, answering, request.log) : answering);
    const next = continues ? textOf(answer.body, "next") : undefined;
    if (next !== undefined) linkNext(next, request, reply);
    return sendAnswer(answer, reply);
  };
}

function sendAnswer({ status, body, replayed }: Answer, reply: FastifyReply): FastifyReply {
  reply.code(status);
  if (replayed) reply.header("idempotency-replayed", "true");
  return body === undefined ? reply.send() : reply.send(body);
}

/** It answers pages, and takes the cursor that asks for the next one. */
function isContinued(operation: Operation): boolean {
  const { returns, input } = operation;
  return isPaged(operation) || (returns.kind === "field" && returns.field.kind === "page" && input.some(({ name }) => name === "after"));
}

function entityHandler({ route, read }: ReadableRoute, { executor, answerTimeoutMs }: ModelRoutesOptions): Handler {
  const { kind, entity = "", path } = route;
  const context = (request: FastifyRequest): CallContext => contextOf(request, answerTimeoutMs, undefined);
  switch (kind) {
    case "list":
      return async (request, reply) => {
        const page = await executor.list(entity, listQuery(read(request)), context(request));
        if (page.next !== null) linkNext(page.next, request, reply);
        return page;
      };
    case "create":
      return async (request, reply) => {
        const row = await executor.create(entity, read(request), context(request));
        const id = textOf(row, "id");
        reply.code(201);
        if (id !== undefined) reply.header("location", `${path}/${encodeURIComponent(id)}`);
        return row;
      };
    case "update":
      return async (request) => {
        const { id, ...changes } = read(request);
        return executor.update(entity, String(id), changes, context(request));
      };
    case "delete":
      return async (request, reply) => {
        await executor.remove(entity, String(read(request)["id"]), context(request));
        return reply.code(204).send();
      };
    default:
      return async (request) => executor.read(entity, String(read(request)["id"]), context(request));
  }
}

function listQuery({ limit, after, sort, ...filters }: Readonly<Record<string, unknown>>): ListQuery {
  return {
    filters,
    limit: Number(limit),
    ...(typeof after === "string" && { after }),
    ...(typeof sort === "string" && { sort: sort.startsWith("-") ? { field: sort.slice(1), descending: true } : { field: sort } }),
  };
}

function contextOf({ id, log, exchange }: FastifyRequest, timeoutMs: number, idempotencyKey: string | undefined): CallContext {
  const { now, caller } = exchange;
  return {
    caller,
    requestId: id,
    now,
    log,
    deadlineMs: now.getTime() + timeoutMs,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}

/** @throws ProblemError when the key is missing where there must be one, or is none. */
function idempotencyKey({ headers }: FastifyRequest, required: boolean): string | undefined {
  const key = headers["idempotency-key"];
  if (key === undefined) {
    if (required)
      throw problem("idempotency-key-missing", {
        detail: "Send an Idempotency-Key of your own making, such as a random UUID: the same one whenever you repeat this request.",
      });
    return undefined;
  }
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    const message = "must be 1 to 255 visible ASCII characters";
    throw problem("invalid-input", { detail: `Idempotency-Key ${message}.`, fields: [{ path: "Idempotency-Key", message }] });
  }
  return key;
}

/** RFC 8288: the address of the next page, which is this one's but for the cursor. */
function linkNext(next: string, { url }: FastifyRequest, reply: FastifyReply): void {
  const [path = "", query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("after", next);
  reply.header("link", `<${path}?${parameters.toString()}>; rel="next"`);
}

function answerSchema(route: Route, operation: Operation | undefined, scope: SchemaScope): JsonSchema | undefined {
  if (operation) return resultSchema(scope, operation.returns);
  const entity = scope.lookup.entity(route.entity ?? "");
  if (route.kind === "delete") return undefined;
  return route.kind === "list" ? pageSchema(scope, entity) : entitySchema(scope, entity);
}

function textOf(body: JsonValue | undefined, name: string): string | undefined {
  const value = isRecord(body) ? body[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

function isRecord(body: JsonValue | undefined): body is { readonly [key: string]: JsonValue } {
  return typeof body === "object" && body !== null && !Array.isArray(body);
}
