import { createListener } from "../database/listen.ts";
import type { Log } from "../observability/log.ts";
import { deliveryChannel } from "./outbox.ts";

export interface Background {
  /** Looks for work now rather than at the next turn. */
  wake(): void;
  /** Ends when what is under way is done. */
  close(): Promise<void>;
}

export interface BackgroundOptions {
  readonly url: string;
  /** One look for work; answers whether there may be more of it at once. */
  readonly turn: () => Promise<boolean>;
  readonly log: Log;
  /** How long nothing is looked for when nobody calls. */
  readonly idleMs?: number;
}

/** Looks for work when PostgreSQL announces some, and from time to time in case an announcement was lost. */
export function startBackground({ url, turn, log, idleMs = 1_000 }: BackgroundOptions): Background {
  let closing = false;
  let alarm: (() => void) | undefined;
  let called = true;
  const wake = (): void => {
    called = true;
    alarm?.();
  };
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, idleMs);
      alarm = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!closing) {
      called = false;
      const more = await turn().catch((error: unknown) => {
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, "background work is interrupted");
        return false;
      });
      if (!more && !called && !closing) await rest();
    }
  };
  const listener = createListener({
    url,
    channel: deliveryChannel,
    onNotify: wake,
    onConnect: wake,
    onError: () => log.warn({}, "not listening to the database; looking once a second"),
  });
  const running = run();
  return {
    wake,
    async close() {
      closing = true;
      wake();
      await Promise.all([running, listener.close()]);
    },
  };
}
