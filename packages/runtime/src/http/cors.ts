import type { FastifyReply, FastifyRequest } from "fastify";

export type AddCors = (request: FastifyRequest, reply: FastifyReply) => void;

/** Lets pages of these origins call from a browser. Tokens travel in a header, so that no cookie has to be allowed. */
export function createCors(origins: readonly string[]): AddCors {
  if (origins.length === 0) return () => undefined;
  const allowed = new Set(origins);
  return ({ headers, method }, reply) => {
    if (!allowed.has("*")) reply.header("vary", "Origin");
    const { origin } = headers;
    if (origin === undefined || !(allowed.has("*") || allowed.has(origin))) return;
    reply.header("access-control-allow-origin", allowed.has("*") ? "*" : origin).header("access-control-expose-headers", readable);
    if (method !== "OPTIONS" || headers["access-control-request-method"] === undefined) return;
    reply.headers({
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": sendable,
      "access-control-max-age": "600",
    });
  };
}

const readable = "Idempotency-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";
const sendable = "Authorization, Content-Type, Idempotency-Key, X-Request-Id";
