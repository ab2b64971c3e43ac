import type { FastifyReply, FastifyRequest } from "fastify";
import type { ProblemError } from "../problem.ts";
import { asProblem } from "./failures.ts";
import { problemDocument } from "./problems.ts";

/** Ends a request in a problem document, and tells the log of those that are ours. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = asProblem(error);
  request.exchange.problem = problem.code;
  tellLog(error, problem, request);
  reply.code(problem.status).headers({ "content-type": "application/problem+json", "cache-control": "no-store", ...headersOf(problem) });
  // Bytes, so that nothing is serialized or added to the content type on the way.
  reply.send(Buffer.from(JSON.stringify(problemDocument(problem, request.id))));
}

function headersOf({ code, status, retryAfterMs, replayed }: ProblemError): Record<string, string> {
  return {
    ...(retryAfterMs !== undefined && { "retry-after": String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
    ...(status === 401 && { "www-authenticate": code === "wrong-credentials" ? 'Bearer error="invalid_request"' : "Bearer" }),
    ...(replayed && { "idempotency-replayed": "true" }),
  };
}

function tellLog(error: unknown, { code, status }: ProblemError, { log, exchange }: FastifyRequest): void {
  if (status < 500) return;
  const facts = { route: exchange.route, problem: code, err: error };
  if (code === "internal") log.error(facts, "a request failed");
  else log.warn(facts, "a request could not be answered");
}
