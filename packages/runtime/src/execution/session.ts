import type { Result, Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import type { Transaction } from "../database/transaction.ts";
import type { Caller } from "./seams.ts";

/** Whom the database is told that it serves: the role whose grants apply, and the caller whom the row policies ask for. */
export interface Identity {
  readonly databaseRole: string;
  readonly caller: Caller;
}

/** The login role itself, which may touch the infrastructure tables and nothing else. */
export const infrastructure: Identity = { databaseRole: "none", caller: { role: "", id: null } };

/** A way to run statements under an identity. The identity travels in the same round trip. */
export interface Session {
  run(identity: Identity, statements: readonly Statement[]): Promise<readonly Result[]>;
}

/** Each run is one round trip and one implicit transaction: enough for reading, where nothing must be kept. */
export function readSession(pool: Pool): Session {
  return {
    async run(identity, statements) {
      const results = await pool.look([identify(identity), ...statements]);
      return results.slice(1);
    },
  };
}

/** Runs inside one transaction; the identity is only sent when it changes. */
export class TransactionSession implements Session {
  readonly #transaction: Transaction;
  #current: Identity | undefined;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  async run(identity: Identity, statements: readonly Statement[]): Promise<readonly Result[]> {
    const entering = this.#entering(identity);
    const results = await this.#transaction.run([...entering, ...statements]);
    return results.slice(entering.length);
  }

  /** Several identities in one round trip. The results of each come in their order. */
  async runEach(parts: readonly (readonly [Identity, readonly Statement[]])[]): Promise<readonly (readonly Result[])[]> {
    const all = parts.map(([identity, statements]) => [...this.#entering(identity), ...statements]);
    const results = await this.#transaction.run(all.flat());
    let next = 0;
    return parts.map(([, statements], index) => {
      next += all[index]?.length ?? 0;
      return results.slice(next - statements.length, next);
    });
  }

  /** The last statements, as the infrastructure, in the round trip that commits. */
  async commit(last: readonly Statement[]): Promise<void> {
    await this.#transaction.commit(last.length === 0 ? [] : [...this.#entering(infrastructure), ...last]);
  }

  #entering(identity: Identity): readonly Statement[] {
    const { databaseRole, caller } = identity;
    const same =
      this.#current?.databaseRole === databaseRole && this.#current.caller.role === caller.role && this.#current.caller.id === caller.id;
    // A transaction begins as the infrastructure.
    const untouched = this.#current === undefined && databaseRole === infrastructure.databaseRole;
    this.#current = identity;
    return same || untouched ? [] : [identify(identity)];
  }
}

// The settings are local to the transaction (the third argument), so that nothing of a caller is left on a connection that serves the next one.
function identify({ databaseRole, caller }: Identity): Statement {
  return {
    text: "select set_config('archwright.actor', $1, true), set_config('archwright.role', $2, true), set_config('role', $3, true)",
    values: [caller.id ?? "", caller.role, databaseRole],
  };
}
