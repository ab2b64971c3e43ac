import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ProblemError } from "../problem.ts";
import { problem } from "./problems.ts";

/** The path of a request without its query. */
function pathOf({ url }: Pick<FastifyRequest, "url">): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

/** What to say to a request that no route takes: how the path can be asked, or that there is none. Undefined after OPTIONS, which is answered. */
export function answerStray(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): ProblemError | undefined {
  const methods = methodsAt(app, pathOf(request));
  if (methods.length === 0)
    return problem("not-found", { detail: `There is nothing at ${request.method} ${pathOf(request).slice(0, 200)}.` });
  reply.header("allow", methods.join(", "));
  if (request.method !== "OPTIONS")
    return problem("method-not-allowed", { detail: `This path takes ${methods.join(", ")}, and not ${request.method}.` });
  reply.code(204).send();
  return undefined;
}

function methodsAt(app: FastifyInstance, path: string): readonly string[] {
  const methods = known.filter((method) => app.findRoute({ method, url: path }) !== null);
  return methods.length === 0 ? [] : [...methods, "OPTIONS"];
}

const known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
