import type { FastifyInstance } from "fastify";
import { mount } from "./mount.ts";
import { problem } from "./problems.ts";

export interface HealthOptions {
  /** Answers when the server can serve, and throws when it cannot. */
  readonly ready: (timeoutMs: number) => Promise<void>;
  /** The server takes no new work, or soon will not. */
  readonly isClosing: () => boolean;
  readonly now: () => Date;
}

/** `/health/live` says that the process runs, `/health/ready` that it can do its work: whoever balances load asks the second. */
export function serveHealth(app: FastifyInstance, { ready, isClosing, now }: HealthOptions): void {
  const isReady = remembered(() => ready(readyTimeoutMs), now);
  mount(app, {
    method: "GET",
    path: "/health/live",
    handler: async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "live" }),
  });
  mount(app, {
    method: "GET",
    path: "/health/ready",
    async handler(_request, reply) {
      if (isClosing()) throw problem("unavailable", { detail: "The server is closing.", retryAfterMs: 1_000 });
      await isReady();
      return reply.header("cache-control", "no-store").send({ status: "ready" });
    },
  });
}

const readyTimeoutMs = 2_000;
const rememberedMs = 1_000;

/** Asks once for all who ask at the same time, and not again for a second: anybody may ask, and each question costs the database a query. */
function remembered(ask: () => Promise<void>, now: () => Date): () => Promise<void> {
  let answer: Promise<void> | undefined;
  let askedMs = 0;
  return () => {
    const nowMs = now().getTime();
    if (answer === undefined || nowMs - askedMs >= rememberedMs) {
      askedMs = nowMs;
      answer = ask();
    }
    return answer;
  };
}
