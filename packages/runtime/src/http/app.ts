import type { Server } from "node:http";
import { Socket } from "node:net";
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyHttpOptions } from "fastify";
import type { JsonValue, Model } from "@archwright/model";
import type { Logger } from "pino";
import type { Executor } from "../execution/seams.ts";
import { serveFiles } from "../files/file-routes.ts";
import type { FileStore } from "../files/file-store.ts";
import type { Identity } from "../identity/identity.ts";
import { sendProblem } from "./answer.ts";
import { serveAuth } from "./auth-routes.ts";
import { closeGently, Closing } from "./closing.ts";
import { createCors } from "./cors.ts";
import { serveDocumentation } from "./documentation.ts";
import { Exchange } from "./exchange.ts";
import { createGates } from "./gate.ts";
import { serveHealth } from "./health.ts";
import { takeJson } from "./json-body.ts";
import { serveModel } from "./model-routes.ts";
import { problemPages, servePages, type HtmlPage } from "./pages.ts";
import { problem } from "./problems.ts";
import { answerExpectations, answerUnreadable } from "./protocol-errors.ts";
import { addressKey, createRateLimits, type TakeRequest } from "./rate-limits.ts";
import { requestIdOf } from "./request-id.ts";
import { logRequests } from "./request-log.ts";
import { defaultSettings, type HttpSettings } from "./settings.ts";
import { answerStray } from "./stray.ts";
import { serveWebhooks, type WebhookReceiver } from "./webhook-routes.ts";

export interface AppOptions {
  readonly model: Model;
  readonly executor: Executor;
  /** Absent where the model has no roles: everybody is anyone. */
  readonly identity?: Identity;
  readonly webhooks?: WebhookReceiver;
  /** Where the files of a model's fields are kept. */
  readonly files?: FileStore;
  /** The OpenAPI document, for `/openapi.json` and `/docs`. */
  readonly openapi?: JsonValue;
  readonly pages?: readonly HtmlPage[];
  /** Answers when the server can serve, and throws when it cannot: the database's ping. */
  readonly ready: (timeoutMs: number) => Promise<void>;
  readonly logger: Logger;
  readonly settings?: Partial<HttpSettings>;
  readonly now?: () => Date;
}

export interface App {
  /** For what stands beside the model: plugins and routes of one's own, to be added before `listen`. */
  readonly fastify: FastifyInstance;
  /** @returns The address that it can be reached at. */
  listen(place: { readonly port: number; readonly host?: string }): Promise<string>;
  /** Stops serving, within the deadline. With `announceMs` it first says for so long that it will. */
  close(deadlineMs: number, announceMs?: number): Promise<void>;
}

/** The HTTP side of a model: every route, limit and document, and nothing of what a request does. */
export function createApp(options: AppOptions): App {
  const { model, executor, identity, webhooks, files, openapi, pages = [], ready, logger, now = () => new Date() } = options;
  const settings = { ...defaultSettings, ...options.settings };
  const app: FastifyInstance = fastify(serverOptions(settings, logger, now));
  const closing = new Closing(app.server);
  const take = createRateLimits(settings.rateLimits);
  const gates = createGates(identity, take);
  answerExpectations(app.server);
  app.decorateRequest("exchange");
  app.setErrorHandler(sendProblem);
  takeJson(app);
  greet(app, { settings, closing, take, now });
  logRequests(app, logger);
  serveHealth(app, { ready, now, isClosing: () => closing.announced });
  serveModel(app, { model, executor, gates, answerTimeoutMs: settings.answerTimeoutMs, underWayMax: settings.underWayMax });
  if (identity) serveAuth(app, { model, identity, gates, take });
  if (webhooks) serveWebhooks(app, model, webhooks, gates);
  if (files) serveFiles(app, model, files, gates);
  const gate = gates.forAddresses("address");
  if (openapi !== undefined) serveDocumentation(app, openapi, gate);
  servePages(app, [...problemPages(model), ...pages], gate);
  return {
    fastify: app,
    listen: ({ port, host = "127.0.0.1" }) => app.listen({ port, host, listenTextResolver: (address) => `listening at ${address}` }),
    close: (deadlineMs, announceMs = 0) => closeGently(app, closing, deadlineMs, announceMs),
  };
}

function serverOptions(settings: HttpSettings, logger: Logger, now: () => Date): FastifyHttpOptions<Server> {
  const {
    bodyLimitBytes,
    requestTimeoutMs,
    answerTimeoutMs,
    headersTimeoutMs,
    keepAliveTimeoutMs,
    requestsPerSocketMax,
    parameterLengthMax,
    trustedProxies,
  } = settings;
  return {
    loggerInstance: logger,
    // One line for each request is ours, and says less of the caller.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    genReqId: requestIdOf,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    // A connection on which nothing moves for longer than any answer may take.
    connectionTimeout: requestTimeoutMs + answerTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    maxRequestsPerSocket: requestsPerSocketMax,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    // Ours says the same as a problem document.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: parameterLengthMax },
    http: {
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false,
    },
    clientErrorHandler: answerUnreadable,
    frameworkErrors(error, request, reply) {
      request.exchange = new Exchange(now());
      addHeaders(request, reply, settings);
      sendProblem(error, request, reply);
    },
  };
}

interface Greeting {
  readonly settings: HttpSettings;
  readonly closing: Closing;
  readonly take: TakeRequest;
  readonly now: () => Date;
}

/** The first thing that happens to every request, also to one that no route takes. */
function greet(app: FastifyInstance, { settings, closing, take, now }: Greeting): void {
  const addCors = createCors(settings.corsOrigins);
  app.addHook("onRequest", (request, reply, done) => {
    request.exchange = new Exchange(now());
    addHeaders(request, reply, settings);
    addCors(request, reply);
    if (closing.begun) {
      reply.header("connection", "close");
      return done(problem("unavailable", { detail: "The server is closing.", retryAfterMs: 1_000 }));
    }
    if (request.headers.host === undefined && request.raw.httpVersion === "1.1")
      return done(problem("invalid-input", { detail: "The Host header is missing." }));
    if (request.url.includes("%00"))
      return done(problem("invalid-input", { detail: "The address has the character U+0000, which no text has." }));
    if (!request.is404) return done();
    const refusal = take("address", addressKey(request.ip), request.exchange.now.getTime(), reply) ?? answerStray(app, request, reply);
    return refusal ? done(refusal) : undefined;
  });
  app.addHook("onSend", (request, reply, _payload, done) => {
    if (closing.begun) reply.header("connection", "close");
    // From here on it is the caller's turn to move. What comes after the answer has a timeout of its own.
    const { socket } = request.raw;
    if (socket instanceof Socket) socket.setTimeout(settings.unreadTimeoutMs);
    done();
  });
}

function addHeaders(request: FastifyRequest, reply: FastifyReply, { publicUrl }: HttpSettings): void {
  reply.header("x-request-id", request.id).header("x-content-type-options", "nosniff");
  if (publicUrl?.startsWith("https:")) reply.header("strict-transport-security", "max-age=31536000; includeSubDomains");
}
