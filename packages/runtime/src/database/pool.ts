import { setTimeout as sleep } from "node:timers/promises";
import { Pool as PgPool, type PoolClient } from "pg";
import { runBatch, runBatches, type Result, type Statement } from "./batch.ts";
import { DatabaseFailure, DatabaseUnavailable, databaseFailure } from "./failure.ts";
import { breakOff, OutageWatch } from "./outage-watch.ts";
import { SharedReads, type ReadingConnections } from "./shared-reads.ts";
import { isRetryable, PooledTransaction, type Connections, type Transaction } from "./transaction.ts";

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** What `pg_stat_activity` shows. */
  readonly applicationName: string;
  /** How long a caller waits for a connection, be it free or new, before `DatabaseUnavailable`. */
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** An unused connection is closed after this. */
  readonly idleTimeoutMs: number;
  /** A connection broke while nobody used it. The pool has dropped it already. */
  readonly onError: (error: Error) => void;
}

export interface TransactionOptions {
  /** Default: the server's own, read committed. */
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
  readonly readOnly?: boolean;
  /** How often the work runs again after a serialization failure or a deadlock. It must have no effect outside the transaction. Default 0. */
  readonly retries?: number;
}

export interface PoolUsage {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface Pool {
  /** One round trip on any connection; the statements are one implicit transaction. */
  read(statements: readonly Statement[]): Promise<readonly Result[]>;
  /** The same for statements that change and lock nothing. When connections are scarce, several such reads travel on one together. */
  look(statements: readonly Statement[]): Promise<readonly Result[]>;
  /** Runs the work in a transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Answers when the database does; throws `DatabaseUnavailable` when it does not within the time. */
  ping(timeoutMs: number): Promise<void>;
  usage(): PoolUsage;
  /** Takes no new work, waits for what runs, and breaks what still runs after the grace. */
  end(graceMs?: number): Promise<void>;
}

/**
 * @example
 * const pool = createPool({ url, max: 10, applicationName: "shop", connectTimeoutMs: 3000, statementTimeoutMs: 5000, idleTimeoutMs: 30_000, onError: log.warn });
 * const [products] = await pool.read([{ text: 'select * from "catalog"."product" limit $1', values: [20] }]);
 */
export function createPool(options: PoolOptions): Pool {
  const connections = new PooledConnections(options);
  return {
    read: (statements) => connections.read(statements),
    look: (statements) => connections.look(statements),
    transaction: (work, transactionOptions = {}) => transaction(connections, work, transactionOptions),
    ping: (timeoutMs) => connections.ping(timeoutMs),
    usage: () => connections.usage(),
    end: (graceMs = 10_000) => connections.end(graceMs),
  };
}

async function transaction<T>(
  connections: Connections,
  work: (transaction: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const begin = { text: beginText(options) };
  for (let attempt = 0; ; attempt += 1) {
    const attempted = new PooledTransaction(connections, begin);
    try {
      const value = await work(attempted);
      await attempted.finish();
      return value;
    } catch (error) {
      await attempted.abandon();
      if (attempt >= (options.retries ?? 0) || !isRetryable(attempted.failure ?? error)) {
        throw error;
      }
      await sleep(retryDelayMs(attempt));
    }
  }
}

function beginText({ isolation, readOnly }: TransactionOptions): string {
  return ["begin", isolation && `isolation level ${isolation}`, readOnly === true && "read only"].filter(Boolean).join(" ");
}

// Full jitter: two transactions that collided once should not meet again at the same time.
function retryDelayMs(attempt: number): number {
  return Math.random() * Math.min(10 * 2 ** attempt, 500);
}

// Past the server's own limit a connection is not slow but dead: the network swallows what it says.
const silenceMs = 5000;

// The pool, seen from a transaction.
class PooledConnections implements Connections, ReadingConnections {
  readonly #options: PoolOptions;
  readonly #pool: PgPool;
  readonly #open = new Set<PoolClient>();
  readonly #sharedReads: SharedReads;
  readonly #watch: OutageWatch;
  #ended: Promise<void> | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#pool = new PgPool({
      connectionString: options.url,
      max: options.max,
      application_name: options.applicationName,
      connectionTimeoutMillis: options.connectTimeoutMs,
      statement_timeout: options.statementTimeoutMs,
      // The locks of a caller who is gone without a word, such as a machine that lost its power, are let go.
      idle_in_transaction_session_timeout: options.statementTimeoutMs,
      idleTimeoutMillis: options.idleTimeoutMs,
      keepAlive: true,
    });
    // The other half is left to transactions, however many reads there are.
    this.#sharedReads = new SharedReads(this, Math.ceil(options.max / 2));
    const { url, applicationName } = options;
    this.#watch = new OutageWatch({
      url,
      applicationName,
      onGone: ({ message }) => this.#open.forEach((client) => breakOff(client, message)),
    });
    this.#pool.on("error", (error) => options.onError(error));
    // The pool listens to idle clients only: without this, a connection that breaks between two statements of a transaction ends the process.
    this.#pool.on("connect", (client) => {
      client.on("error", () => undefined);
      this.#open.add(client);
      client.once("end", () => this.#open.delete(client));
    });
  }

  async read(statements: readonly Statement[]): Promise<readonly Result[]> {
    try {
      return await this.#readOnce(statements);
    } catch (error) {
      if (isLostPlan(error)) return this.#readOnce(statements);
      throw error;
    }
  }

  async look(statements: readonly Statement[]): Promise<readonly Result[]> {
    try {
      return await this.#sharedReads.run(statements);
    } catch (error) {
      if (isLostPlan(error)) return this.#readOnce(statements);
      throw error;
    }
  }

  runAll(client: PoolClient, batches: readonly (readonly Statement[])[]): readonly Promise<readonly Result[]>[] {
    const timeoutMs = this.#options.statementTimeoutMs * batches.reduce((count, { length }) => count + length, 0) + silenceMs;
    const answered = this.#awaitAnswer(client, timeoutMs);
    const answers = runBatches(client, batches);
    void Promise.allSettled(answers).then(answered);
    return answers;
  }

  release(client: PoolClient, outcomes: readonly PromiseSettledResult<unknown>[]): void {
    const isBroken = outcomes.some((outcome) => outcome.status === "rejected" && outcome.reason instanceof DatabaseUnavailable);
    client.release(isBroken || client.getTransactionStatus() !== "I");
  }

  async #readOnce(statements: readonly Statement[]): Promise<readonly Result[]> {
    return this.#use(await this.acquire(), (client) => this.run(client, statements, 0));
  }

  async #use<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
    let broken = false;
    try {
      const result = await work(client);
      // A transaction that somebody's own `begin` left open would swallow the work of the next user.
      broken = client.getTransactionStatus() !== "I";
      return result;
    } catch (error) {
      broken = error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async acquire(): Promise<PoolClient> {
    this.#watch.assertThere();
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw this.#acquireFailure(error);
    }
  }

  #acquireFailure(error: unknown): unknown {
    const { max, connectTimeoutMs } = this.#options;
    const isLate = error instanceof Error && /^timeout e|due to connection timeout$/.test(error.message);
    if (isLate) this.#watch.suspect();
    if (isLate && this.#pool.totalCount - this.#pool.idleCount >= max) {
      return new DatabaseUnavailable(
        `No connection within ${connectTimeoutMs} ms: all ${max} are in use. Shorten the transactions, shed load earlier, or raise the pool's max.`,
        { cause: error },
      );
    }
    return databaseFailure(error);
  }

  async run(client: PoolClient, statements: readonly Statement[], firstIndex: number): Promise<readonly Result[]> {
    return this.#runWithin(client, statements, firstIndex, this.#options.statementTimeoutMs * statements.length + silenceMs);
  }

  async ping(timeoutMs: number): Promise<void> {
    const startedAt = performance.now();
    await this.#use(await this.#acquireWithin(timeoutMs), (client) =>
      this.#runWithin(client, [{ text: "select 1" }], 0, Math.max(1, timeoutMs - (performance.now() - startedAt))),
    );
  }

  async #runWithin(
    client: PoolClient,
    statements: readonly Statement[],
    firstIndex: number,
    timeoutMs: number,
  ): Promise<readonly Result[]> {
    const answered = this.#awaitAnswer(client, timeoutMs);
    try {
      return await runBatch(client, statements, { firstIndex });
    } finally {
      answered();
    }
  }

  /** Call what it answers when the answer is there. After the time the connection is broken off. */
  #awaitAnswer(client: PoolClient, timeoutMs: number): () => void {
    const watched = this.#watch.awaitAnswer(client);
    const silence = setTimeout(() => breakOff(client, `no answer within ${timeoutMs} ms`), timeoutMs);
    return () => {
      clearTimeout(silence);
      watched();
    };
  }

  async #acquireWithin(timeoutMs: number): Promise<PoolClient> {
    const acquired = this.acquire();
    const expiry = new AbortController();
    const expired = sleep(timeoutMs, undefined, { signal: expiry.signal }).then(() => {
      // A connection that comes too late goes back to the pool; one that never comes has said so already.
      acquired.then((client) => client.release()).catch(() => undefined);
      throw new DatabaseUnavailable(`No connection to the database within ${timeoutMs} ms.`);
    });
    try {
      return await Promise.race([acquired, expired]);
    } finally {
      expired.catch(() => undefined);
      expiry.abort();
    }
  }

  usage(): PoolUsage {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  end(graceMs: number): Promise<void> {
    this.#ended ??= this.#end(graceMs);
    return this.#ended;
  }

  async #end(graceMs: number): Promise<void> {
    const grace = setTimeout(() => {
      for (const client of this.#open) {
        client.connection.stream.destroy();
      }
    }, graceMs);
    try {
      await this.#pool.end();
      // The pool has only begun to close its connections. Who stops the server next must not find them open.
      await Promise.all(Array.from(this.#open, (client) => new Promise((resolve) => client.once("end", () => resolve(client)))));
    } finally {
      clearTimeout(grace);
      this.#watch.close();
    }
  }
}

// The statement is prepared anew now, and an implicit transaction that failed has done nothing. 26000: what was to prepare it failed in front of it.
function isLostPlan(error: unknown): boolean {
  return error instanceof DatabaseFailure && ((error.sqlState === "0A000" && error.retryable) || error.sqlState === "26000");
}
