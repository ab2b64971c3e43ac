import { Client, DatabaseError, type PoolClient } from "pg";
import { DatabaseUnavailable } from "./failure.ts";

export interface OutageWatchOptions {
  readonly url: string;
  readonly applicationName: string;
  /** An answer that is not there after this long makes one look whether the database still is. Default 1.5 s. */
  readonly silenceMs?: number;
  /** How long such a look may take before the database counts as gone. Default 2 s. */
  readonly lookMs?: number;
  /** The database is gone: no answer will come on any connection of before. */
  readonly onGone: (reason: Error) => void;
}

/**
 * Notices within seconds that the database went away without a word, as when a cable is pulled or a firewall forgets its table: TCP
 * itself would go on for a quarter of an hour, and a limit on statements is far too long for those who wait. Nothing is looked at while
 * answers come. Where one is late, a connection of its own asks whether the server is there and still works on it: a slow statement is
 * left alone, and one of which the server knows nothing any more is broken off.
 */
export class OutageWatch {
  readonly #options: OutageWatchOptions;
  readonly #silenceMs: number;
  readonly #lookMs: number;
  readonly #waiting = new Map<PoolClient, number>();
  #timer: NodeJS.Timeout | undefined;
  #turnedMs = 0;
  #looking = false;
  #gone = false;

  constructor(options: OutageWatchOptions) {
    this.#options = options;
    this.#silenceMs = options.silenceMs ?? 1_500;
    this.#lookMs = options.lookMs ?? 2_000;
  }

  /** @throws DatabaseUnavailable while nobody answers there, so that nobody waits for nothing. */
  assertThere(): void {
    if (this.#gone) throw new DatabaseUnavailable("The database does not answer. It is asked again twice a second.");
  }

  /** An answer is awaited on this connection, until what is handed back is called. */
  awaitAnswer(client: PoolClient): () => void {
    this.#waiting.set(client, performance.now());
    this.#begin();
    return () => this.#waiting.delete(client);
  }

  /** A connection could not be had in time. Whether the database is there is looked at now. */
  suspect(): void {
    this.#begin();
    void this.#look([]);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#gone = false;
    this.#waiting.clear();
  }

  #begin(): void {
    if (this.#timer !== undefined) return;
    this.#turnedMs = performance.now();
    this.#timer = setInterval(() => this.#turn(), turnMs).unref();
  }

  #turn(): void {
    const nowMs = performance.now();
    const wasHeldUp = nowMs - this.#turnedMs > 2 * turnMs;
    this.#turnedMs = nowMs;
    // After a pause of this process itself the answers lie unread: they come before the next turn.
    if (wasHeldUp) return;
    const late = [...this.#waiting].filter(([, sinceMs]) => nowMs - sinceMs > this.#silenceMs);
    if (late.length > 0 || this.#gone) void this.#look(late);
    else if (this.#waiting.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  async #look(late: readonly (readonly [PoolClient, number])[]): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const seen = await this.#ask(late.map(([client]) => backendOf(client)));
    this.#looking = false;
    // Closed meanwhile.
    if (this.#timer === undefined) return;
    if (seen === "nobody") return this.#takeForGone();
    this.#gone = false;
    if (seen === "somebody") return;
    for (const [client, sinceMs] of late) {
      const stillWaits = this.#waiting.get(client) === sinceMs;
      if (stillWaits && !seen.has(backendOf(client))) breakOff(client, "the server no longer works on what it was asked");
    }
  }

  #takeForGone(): void {
    if (!this.#gone) this.#options.onGone(new Error(noAnswer(`within ${this.#lookMs} ms`)));
    this.#gone = true;
    const nowMs = performance.now();
    for (const [client, sinceMs] of this.#waiting) if (nowMs - sinceMs > this.#silenceMs) breakOff(client, noAnswer("for seconds"));
  }

  /** The backends among these that are at work, or only whether anybody is there at all. */
  async #ask(backends: readonly number[]): Promise<ReadonlySet<number> | "somebody" | "nobody"> {
    const { url, applicationName } = this.#options;
    const client = new Client({
      connectionString: url,
      application_name: `${applicationName} watch`,
      connectionTimeoutMillis: this.#lookMs,
      query_timeout: this.#lookMs,
    });
    client.on("error", () => undefined); // What failed is told below.
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>("select pid from pg_stat_activity where pid = any($1) and state = 'active'", [
        backends,
      ]);
      return new Set(rows.map(({ pid }) => pid));
    } catch (error) {
      // A server that refuses is there, and has told those who wait for it by itself.
      return error instanceof DatabaseError ? "somebody" : "nobody";
    } finally {
      // A farewell would wait for an answer too.
      client.connection.stream.destroy();
    }
  }
}

const turnMs = 500;

const noAnswer = (forHowLong: string): string => `the database did not answer ${forHowLong}`;

/** Everybody who waits on the connection hears of it at once. */
export function breakOff(client: PoolClient, reason: string): void {
  client.connection.stream.destroy(new Error(`Connection terminated: ${reason}`));
}

// The driver knows it; its types do not.
function backendOf(client: PoolClient): number {
  return "processID" in client && typeof client.processID === "number" ? client.processID : 0;
}
