import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { databaseFailure } from "./failure.ts";

export interface ListenerOptions {
  readonly url: string;
  readonly channel: string;
  readonly onNotify: (payload: string) => void;
  /** Listening now. What was notified while there was no connection is lost, so look for missed work here. */
  readonly onConnect?: () => void;
  /** The connection broke or could not be made; another attempt follows by itself. */
  readonly onError: (error: unknown) => void;
  readonly applicationName?: string;
  readonly reconnect?: { readonly firstMs: number; readonly mostMs: number };
  /** How often a silent connection is asked whether it still lives. */
  readonly heartbeatMs?: number;
}

export interface Listener {
  /** Settles when it listens for the first time. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens to a channel on a connection of its own, for as long as the process lives.
 *
 * @example
 * const listener = createListener({ url, channel: "archwright_outbox", onNotify: wake, onConnect: wake, onError: log.warn });
 */
export function createListener(options: ListenerOptions): Listener {
  const closing = new AbortController();
  let listening: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    listening = resolve;
  });
  const loop = listenUntil(closing.signal, options, () => {
    listening();
    options.onConnect?.();
  });
  return {
    ready,
    async close() {
      closing.abort();
      await loop;
    },
  };
}

const connectTimeoutMs = 10_000;

async function listenUntil(closing: AbortSignal, options: ListenerOptions, onConnect: () => void): Promise<void> {
  const { firstMs, mostMs } = options.reconnect ?? { firstMs: 100, mostMs: 10_000 };
  let failures = 0;
  while (!closing.aborted) {
    try {
      await listenOnce(closing, options, () => {
        failures = 0;
        onConnect();
      });
    } catch (error) {
      options.onError(databaseFailure(error));
    }
    if (!closing.aborted) {
      // Between half and all of the delay, so that many processes do not come back at one moment.
      const delayMs = Math.min(firstMs * 2 ** failures, mostMs) * (0.5 + Math.random() / 2);
      failures += 1;
      await sleep(delayMs, undefined, { signal: closing }).catch(() => undefined);
    }
  }
}

/** One connection's life: it ends without an error only when the listener is closed. */
async function listenOnce(closing: AbortSignal, options: ListenerOptions, onConnect: () => void): Promise<void> {
  const client = new Client({
    connectionString: options.url,
    application_name: options.applicationName ?? "archwright listener",
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  const broken = new Promise<never>((_resolve, reject) => {
    client.on("error", reject);
    client.on("end", () => reject(new Error("Connection terminated")));
  });
  const closed = new Promise<void>((resolve) => {
    closing.addEventListener("abort", () => resolve(), { once: true });
  });
  client.on("notification", (message) => options.onNotify(message.payload ?? ""));
  try {
    await Promise.race([client.connect(), broken]);
    await Promise.race([client.query(`listen ${client.escapeIdentifier(options.channel)}`), broken]);
    if (!closing.aborted) {
      onConnect();
      await Promise.race([broken, closed, heartbeat(client, options.heartbeatMs ?? 30_000, closing)]);
    }
  } finally {
    broken.catch(() => undefined);
    await client.end().catch(() => undefined);
  }
}

// A connection that the network forgot looks like one on which nothing happens. Only an answer tells them apart.
async function heartbeat(client: Client, everyMs: number, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    await sleep(everyMs, undefined, { signal: closing, ref: false }).catch(() => undefined);
    if (closing.aborted) {
      return;
    }
    const silence = setTimeout(
      () => client.connection.stream.destroy(new Error("Connection terminated: no answer to a heartbeat")),
      everyMs,
    );
    try {
      await client.query("select 1");
    } finally {
      clearTimeout(silence);
    }
  }
}
