import type { Log } from "../observability/log.ts";

export interface Background {
  /** Looks for work now rather than at the next turn. */
  wake(): void;
  /** Ends when what is under way is done. */
  close(): Promise<void>;
}

export interface BackgroundOptions {
  /** Each looks for work of its own kind, and answers whether there may be more of it at once. None waits for another. */
  readonly turns: readonly (() => Promise<boolean>)[];
  readonly log: Log;
  /** How long nothing is looked for when nobody calls: what another process left behind is found then. */
  readonly idleMs?: number;
}

/** Looks for work when this process has made some, and from time to time for that of others. */
export function startBackground({ turns, log, idleMs = 1_000 }: BackgroundOptions): Background {
  const loops = turns.map((turn) => startLoop(turn, log, idleMs));
  return {
    wake: () => loops.forEach(({ wake }) => wake()),
    async close() {
      await Promise.all(loops.map((loop) => loop.close()));
    },
  };
}

function startLoop(turn: () => Promise<boolean>, log: Log, idleMs: number): Background {
  let closing = false;
  let called = true;
  let alarm: (() => void) | undefined;
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
  const running = run();
  return {
    wake,
    async close() {
      closing = true;
      wake();
      await running;
    },
  };
}
