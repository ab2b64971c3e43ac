import { RateLimiter } from "@archwright/resilience";
import type { FastifyReply } from "fastify";
import type { ProblemError } from "../problem.ts";
import { problem } from "./problems.ts";
import type { Rate, RateLimits } from "./settings.ts";

export type LimitName = keyof RateLimits;

/** Takes one request of a key from a limit, and says in the reply's headers what is left of it. Answers the problem if nothing was. */
export type TakeRequest = (limit: LimitName, key: string, nowMs: number, reply: FastifyReply) => ProblemError | undefined;

/**
 * One token bucket per key and limit. They are this process's own: several processes together allow as many times more.
 * The headers are those of draft-ietf-httpapi-ratelimit-headers-11.
 */
export function createRateLimits(limits: RateLimits | "off"): TakeRequest {
  if (limits === "off") return () => undefined;
  const limiters = {
    account: limiter("account", limits.account),
    address: limiter("address", limits.address),
    credentials: limiter("credentials", limits.credentials),
    login: limiter("login", limits.login),
    webhook: limiter("webhook", limits.webhook),
  };
  return (limit, key, nowMs, reply) => limiters[limit](key, nowMs, reply);
}

/** The address as limits count it: an IPv6 network of 64 bits is one household, and an attacker has all of its addresses. */
export function addressKey(address: string): string {
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length) }, () => "0");
  return `${[...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

function limiter(name: LimitName, rate: Rate): (key: string, nowMs: number, reply: FastifyReply) => ProblemError | undefined {
  const buckets = new RateLimiter(rate);
  const policy = `"${name}";q=${rate.limit};w=${Math.ceil(rate.windowMs / 1000)}`;
  return (key, nowMs, reply) => {
    const { allowed, remaining, resetMs, retryAfterMs } = buckets.check(key, nowMs);
    reply.header("ratelimit-policy", policy).header("ratelimit", `"${name}";r=${remaining};t=${Math.ceil(resetMs / 1000)}`);
    return allowed
      ? undefined
      : problem("too-many-requests", { retryAfterMs, detail: `The limit is ${rate.limit} requests in ${rate.windowMs / 1000} seconds.` });
  };
}
