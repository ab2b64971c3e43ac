import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

/** How far the server is on its way out. */
export class Closing {
  /** `/health/ready` says no, so that no more callers are sent here. */
  announced = false;
  /** Requests that come now are sent away. */
  begun = false;
  readonly sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    });
  }
}

/**
 * Closes in order: readiness goes, those who still come for `announceMs` are served; then requests under way finish while new ones get 503,
 * and for a moment nobody is cut off: each answer asks its caller to close the connection, and a request that was on its way meanwhile is
 * answered too. Then connections close as they fall idle. Whatever is left at the deadline is cut.
 */
export async function closeGently(app: FastifyInstance, closing: Closing, deadlineMs: number, announceMs: number): Promise<void> {
  const startedMs = performance.now();
  closing.announced = true;
  if (announceMs > 0) await sleep(Math.min(announceMs, deadlineMs));
  closing.begun = true;
  // Who closes his connection as he was asked to may open another one at once: to refuse him in the midst of it would break it.
  if (closing.sockets.size > 0) await sleep(Math.min(farewellMs, deadlineMs / 10));
  // A server that closes drops the connections that are idle at that moment; those that fall idle later it would keep.
  const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMs);
  // And those on which nothing was ever said, as browsers and load balancers open them in advance, count as busy.
  const silent = setTimeout(() => closing.sockets.forEach((socket) => socket.bytesRead === 0 && socket.destroy()), silentMs);
  const cut = setTimeout(() => app.server.closeAllConnections(), Math.max(0, deadlineMs - (performance.now() - startedMs)));
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(silent);
    clearTimeout(cut);
  }
}

/** Longer than a request is on its way, and than most callers think between two. */
const farewellMs = 500;
const sweepMs = 50;
const silentMs = 500;
