import type { Pool } from "../database/pool.ts";
import type { Transaction } from "../database/transaction.ts";

/** A transaction that is opened and ended by hand, for handlers: an external call ends one segment, and the next use of the database opens another. */
export interface Segment {
  readonly transaction: Transaction;
  /** Commits what is left and gives the connection back. */
  end(): Promise<void>;
  abandon(reason: unknown): Promise<void>;
}

export function openSegment(pool: Pool): Promise<Segment> {
  return new Promise((resolve, reject) => {
    const finished = pool.transaction(
      (transaction) =>
        new Promise<void>((commit, rollback) => {
          resolve({
            transaction,
            end: () => {
              commit();
              return finished;
            },
            abandon: (reason) => {
              rollback(reason);
              return finished.catch(() => undefined); // The reason is on its way to the caller already.
            },
          });
        }),
    );
    finished.catch(reject);
  });
}
