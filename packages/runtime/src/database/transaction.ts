import type { PoolClient } from "pg";
import type { Result, Statement } from "./batch.ts";
import { DatabaseFailure, DatabaseUnavailable } from "./failure.ts";

/** A transaction that begins with its first statements, so that work which needs no database takes no connection. */
export interface Transaction {
  /** Runs the statements in one round trip; the first one carries the `begin`. After an error the transaction is lost. */
  run(statements: readonly Statement[]): Promise<readonly Result[]>;
  /** Ends the transaction; the last statements and the `commit` travel together. Without it the pool commits when the work returns. */
  commit(last?: readonly Statement[]): Promise<readonly Result[]>;
}

/** How a transaction reaches the pool's connections. */
export interface Connections {
  acquire(): Promise<PoolClient>;
  /** One batch that cannot hang for longer than its statements may run. */
  run(client: PoolClient, statements: readonly Statement[], firstIndex: number): Promise<readonly Result[]>;
}

const commit: Statement = { text: "commit" };
const rollback: Statement = { text: "rollback" };

export class PooledTransaction implements Transaction {
  readonly #connections: Connections;
  readonly #begin: Statement;
  #client: PoolClient | undefined;
  #ended = false;
  #turn: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(connections: Connections, begin: Statement) {
    this.#connections = connections;
    this.#begin = begin;
  }

  /** What ended the transaction, whatever the work made of it. */
  get failure(): unknown {
    return this.#failure?.error;
  }

  run(statements: readonly Statement[]): Promise<readonly Result[]> {
    return this.#inTurn(async () => {
      this.#refuseWhenOver();
      return statements.length === 0 ? [] : this.#send(statements, []);
    });
  }

  commit(last: readonly Statement[] = []): Promise<readonly Result[]> {
    return this.#inTurn(async () => {
      this.#refuseWhenOver();
      return this.#commit(last);
    });
  }

  /** Commits what the work left open. */
  finish(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#ended) {
        this.#refuseWhenOver();
        await this.#commit([]);
      }
    });
  }

  /** Undoes what was not committed and gives the connection back. It never throws: the work's own error is the one to report. */
  abandon(): Promise<void> {
    return this.#inTurn(async () => {
      this.#ended = true;
      const client = this.#client;
      this.#client = undefined;
      if (client !== undefined) {
        client.release(!(await this.#rolledBack(client)));
      }
    });
  }

  // A connection of unknown state must not serve anybody else. Closing it rolls back as well.
  async #rolledBack(client: PoolClient): Promise<boolean> {
    if (this.failure instanceof DatabaseUnavailable) {
      return false;
    }
    try {
      await this.#connections.run(client, [rollback], 0);
      return client.getTransactionStatus() === "I";
    } catch {
      return false;
    }
  }

  async #commit(last: readonly Statement[]): Promise<readonly Result[]> {
    if (this.#client === undefined && last.length === 0) {
      this.#ended = true;
      return [];
    }
    const results = await this.#send(last, [commit]);
    this.#ended = true;
    const client = this.#client;
    this.#client = undefined;
    client?.release();
    return results.slice(0, last.length);
  }

  async #send(statements: readonly Statement[], ending: readonly Statement[]): Promise<readonly Result[]> {
    const opening = this.#client === undefined ? [this.#begin] : [];
    try {
      const client = (this.#client ??= await this.#connections.acquire());
      const results = await this.#connections.run(client, [...opening, ...statements, ...ending], -opening.length);
      if (ending.length === 0 && client.getTransactionStatus() !== "T") {
        throw new Error(
          "A statement ended the transaction that it ran in: throw from the work to roll back, and return from it to commit.",
        );
      }
      return results.slice(opening.length);
    } catch (error) {
      const known =
        ending.length > 0 && this.#client !== undefined && error instanceof DatabaseUnavailable ? withUnknownOutcome(error) : error;
      this.#failure = { error: known };
      throw known;
    }
  }

  // `pg` runs one query of a connection at a time; work that runs two batches at once gets them one after the other.
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(step);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #refuseWhenOver(): void {
    if (this.#failure !== undefined) {
      throw this.#failure.error;
    }
    if (this.#ended) {
      throw new Error("The transaction has ended: run every statement before its commit, and await them all inside the work.");
    }
  }
}

/** Whether running the same work again, from its beginning, may succeed. */
export function isRetryable(error: unknown): boolean {
  return error instanceof DatabaseFailure && error.retryable;
}

function withUnknownOutcome(error: DatabaseUnavailable): DatabaseUnavailable {
  return new DatabaseUnavailable(`${error.message} It broke during a commit, so the transaction may or may not have happened.`, {
    retryAfterMs: error.retryAfterMs,
    outcomeUnknown: true,
    cause: error.cause,
  });
}
