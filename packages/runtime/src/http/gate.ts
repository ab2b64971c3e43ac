import type { Allow } from "@archwright/model";
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from "fastify";
import type { Verified } from "../identity/access-tokens.ts";
import type { Identity } from "../identity/identity.ts";
import type { ProblemError } from "../problem.ts";
import { problem } from "./problems.ts";
import { addressKey, type LimitName, type TakeRequest } from "./rate-limits.ts";

/** How tokens are recognised. */
export type Recognise = Pick<Identity, "recall" | "verify">;

/** What stands before a route: the rate limit, and who the caller is. Made once for each route. */
export interface Gates {
  /** For a route of the model. Who is nobody, or in a role that may never call it, gets no further. */
  forCallers(allow: Allow): onRequestHookHandler;
  /** For a route that knows no callers, with a limit for each address. */
  forAddresses(limit: LimitName): onRequestHookHandler;
}

/**
 * An address pays for each request without a token, and for each token that has to be verified; a token that has been is recognised at no
 * cost, and its account pays. So nobody can make the server check signatures without limit, and many accounts behind one address do not
 * share its allowance.
 */
export function createGates(recognise: Recognise | undefined, take: TakeRequest): Gates {
  const takeFor = (limit: LimitName, request: FastifyRequest, reply: FastifyReply): ProblemError | undefined =>
    take(limit, addressKey(request.ip), request.exchange.now.getTime(), reply);
  return {
    forAddresses: (limit) => (request, reply, done) => done(takeFor(limit, request, reply)),
    forCallers(allow) {
      const roles = allow.kind === "roles" ? new Set(allow.roles) : undefined;
      const enter = (verified: Verified, request: FastifyRequest, reply: FastifyReply): ProblemError | undefined => {
        const { exchange } = request;
        exchange.caller = verified.caller;
        exchange.callerTag = verified.tag;
        reply.header("cache-control", "no-store");
        if (roles && !roles.has(verified.caller.role)) return forbidden(verified.caller.role, roles);
        return take("account", verified.caller.id ?? "", exchange.now.getTime(), reply);
      };
      return (request, reply, done) => {
        const token = recognise && tokenOf(request);
        if (recognise === undefined || token === undefined) {
          const refusal = takeFor("address", request, reply);
          return done(refusal ?? (roles ? nobody(roles) : undefined));
        }
        const verified = recognise.recall(token, request.exchange.now.getTime());
        if (verified) return done(enter(verified, request, reply));
        const refusal = takeFor("address", request, reply);
        if (refusal) return done(refusal);
        // The promise is not handed back: Fastify would take its end for a second answer.
        recognise.verify(token).then((fresh) => done(enter(fresh, request, reply)), done);
        return undefined;
      };
    },
  };
}

/** Undefined where there is no Authorization header; of another scheme than Bearer the text is no token of ours, and is refused as such. */
function tokenOf({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  return bearer.exec(authorization)?.[1] ?? "";
}

const bearer = /^Bearer +(\S+) *$/i;

function nobody(roles: ReadonlySet<string>): ProblemError {
  return problem("unauthenticated", {
    detail: `Sign in as ${inWords(roles, "or")}, and send the access token as "Authorization: Bearer …".`,
  });
}

function forbidden(role: string, roles: ReadonlySet<string>): ProblemError {
  return problem("forbidden", { detail: `This is for ${inWords(roles, "and")}, and you are ${role}.` });
}

const inWords = (roles: ReadonlySet<string>, word: string): string => [...roles].join(` ${word} `);
