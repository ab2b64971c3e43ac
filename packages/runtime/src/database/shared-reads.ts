import type { PoolClient } from "pg";
import type { Result, Statement } from "./batch.ts";

/** How reads that travel together reach the pool's connections. */
export interface ReadingConnections {
  acquire(): Promise<PoolClient>;
  /** Several batches at once, none of which can hang for longer than their statements may run. */
  runAll(client: PoolClient, batches: readonly (readonly Statement[])[]): readonly Promise<readonly Result[]>[];
  release(client: PoolClient, outcomes: readonly PromiseSettledResult<unknown>[]): void;
}

interface Waiting {
  readonly statements: readonly Statement[];
  resolve(results: readonly Result[]): void;
  reject(error: unknown): void;
}

/**
 * Reads that share connections. While one is free a read has it for itself; when all are taken, those that wait travel together on the
 * next one: written at once, each a transaction of its own. A read can so be held up by one in front of it, but only where it would have
 * waited for a connection anyway.
 */
export class SharedReads {
  readonly #connections: ReadingConnections;
  readonly #connectionsMax: number;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;

  constructor(connections: ReadingConnections, connectionsMax: number) {
    this.#connections = connections;
    this.#connectionsMax = connectionsMax;
  }

  run(statements: readonly Statement[]): Promise<readonly Result[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject });
      if (this.#underWay < this.#connectionsMax) void this.#carry();
    });
  }

  async #carry(): Promise<void> {
    this.#underWay += 1;
    try {
      const client = await this.#connections.acquire();
      const reads = this.#waiting.splice(0, togetherMax);
      const batches = reads.map(({ statements }) => statements);
      const answers = this.#connections.runAll(client, batches);
      answers.forEach((answer, index) => void answer.then(reads[index]?.resolve, reads[index]?.reject));
      this.#connections.release(client, await Promise.allSettled(answers));
    } catch (error) {
      // No connection came: whoever waits for one is told so.
      for (const read of this.#waiting.splice(0, togetherMax)) read.reject(error);
    } finally {
      this.#underWay -= 1;
      if (this.#waiting.length > 0) void this.#carry();
    }
  }
}

/** A larger number saves little more, and holds up more when one of them is slow. */
const togetherMax = 16;
