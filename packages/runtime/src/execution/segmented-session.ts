import type { Result, Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { openSegment, type Segment } from "./segment.ts";
import { TransactionSession, type Identity, type Session } from "./session.ts";

/**
 * The session of a handler. Its transaction opens with the first use of the database, and `pause` ends it, so that no connection waits
 * while a third party thinks. What was read before a pause may have changed after it; what was written before would be committed
 * without the rest, and so a pause after a write is refused.
 */
export class SegmentedSession implements Session {
  readonly #pool: Pool;
  readonly #operation: string;
  #segment: Promise<{ readonly segment: Segment; readonly session: TransactionSession }> | undefined;
  #wrote = false;

  constructor(pool: Pool, operation: string) {
    this.#pool = pool;
    this.#operation = operation;
  }

  async run(identity: Identity, statements: readonly Statement[]): Promise<readonly Result[]> {
    const { session } = await this.#opened();
    return session.run(identity, statements);
  }

  // The author may await it to learn whether it worked.
  async runBefore(identity: Identity, statements: readonly Statement[]): Promise<void> {
    await this.run(identity, statements);
  }

  async write(identity: Identity, statements: readonly Statement[]): Promise<readonly Result[]> {
    this.#wrote = true;
    return this.run(identity, statements);
  }

  /** Whatever comes next in this transaction changes rows. */
  markWritten(): void {
    this.#wrote = true;
  }

  async pause(before: string): Promise<void> {
    if (this.#wrote) {
      throw new Error(
        `${this.#operation} calls ${before} after it has written: if the call failed, half of its work would stay. Call first and write then, or emit an event and call in the reaction to it.`,
      );
    }
    await this.#end((opened) => opened.segment.end());
  }

  /** Ends with the last statements, as the infrastructure, in the transaction of the handler's own writes. */
  async commit(last: readonly Statement[]): Promise<void> {
    if (!this.#segment && last.length === 0) return;
    const { segment, session } = await this.#opened();
    this.#segment = undefined;
    try {
      await session.commit(last);
    } catch (error) {
      await segment.abandon(error);
      throw error;
    }
    await segment.end();
  }

  async abandon(reason: unknown): Promise<void> {
    await this.#end((opened) => opened.segment.abandon(reason));
  }

  #opened(): Promise<{ readonly segment: Segment; readonly session: TransactionSession }> {
    this.#segment ??= openSegment(this.#pool).then((segment) => ({ segment, session: new TransactionSession(segment.transaction) }));
    return this.#segment;
  }

  async #end(how: (opened: { readonly segment: Segment }) => Promise<void>): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    if (segment) await how(await segment);
  }
}
