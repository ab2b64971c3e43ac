import type { FastifyInstance } from "fastify";
import type { Log } from "../observability/log.ts";

/** One line for each request: what was asked, what came of it and how long it took. No address, no body, no token, no id of a person. */
export function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook("onResponse", ({ id, method, exchange }, reply, done) => {
    const { route, caller, callerTag, problem } = exchange;
    const facts = {
      requestId: id,
      method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      role: caller.role,
      ...(callerTag !== undefined && { caller: callerTag }),
      ...(problem !== undefined && { problem }),
    };
    if (route.startsWith("/health/")) log.debug(facts, "request");
    else log.info(facts, "request");
    done();
  });
}
