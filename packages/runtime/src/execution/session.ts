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
  /** Statements whose answers nobody waits for: they may travel with what comes next, and what they fail with then comes out there. */
  runBefore(identity: Identity, statements: readonly Statement[]): Promise<void>;
}

/** Each run is one round trip and one implicit transaction: enough for reading, where nothing must be kept. */
export function readSession(pool: Pool): Session {
  const run: Session["run"] = async (identity, statements) => {
    const results = await pool.look([identify(identity), ...statements]);
    return results.slice(1);
  };
  return {
    run,
    async runBefore(identity, statements) {
      await run(identity, statements);
    },
  };
}

/** Statements under one identity. */
export type Part = readonly [identity: Identity, statements: readonly Statement[]];

/** Runs inside one transaction; the identity is only sent when it changes. */
export class TransactionSession implements Session {
  readonly #transaction: Transaction;
  #current: Identity | undefined;
  #before: Part[] = [];

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  async run(identity: Identity, statements: readonly Statement[]): Promise<readonly Result[]> {
    const [results] = await this.runEach([[identity, statements]]);
    return results ?? [];
  }

  /** Several identities in one round trip. The results of each come in their order. */
  runEach(parts: readonly Part[]): Promise<readonly (readonly Result[])[]> {
    return this.#send(parts, (statements) => this.#transaction.run(statements));
  }

  async runBefore(identity: Identity, statements: readonly Statement[]): Promise<void> {
    this.#before.push([identity, statements]);
  }

  /** Sends what still waits for something to travel with. */
  async settle(): Promise<void> {
    if (this.#before.length > 0) await this.runEach([]);
  }

  /** The last statements, as the infrastructure, in the round trip that commits. */
  async commit(last: readonly Statement[]): Promise<void> {
    await this.#send(last.length === 0 ? [] : [[infrastructure, last]], (statements) => this.#transaction.commit(statements));
  }

  /** A run, the last statements and the commit, all in one round trip. */
  async runAndCommit(identity: Identity, statements: readonly Statement[], last: readonly Statement[]): Promise<readonly Result[]> {
    const parts: readonly Part[] = [[identity, statements], ...(last.length === 0 ? [] : [[infrastructure, last] as const])];
    const [results] = await this.#send(parts, (all) => this.#transaction.commit(all));
    return results ?? [];
  }

  async #send(
    parts: readonly Part[],
    carry: (statements: readonly Statement[]) => Promise<readonly Result[]>,
  ): Promise<readonly (readonly Result[])[]> {
    const before = this.#before;
    this.#before = [];
    const all = [...before, ...parts].map(([identity, statements]) => [...this.#entering(identity), ...statements]);
    const results = await carry(all.flat());
    let next = all.slice(0, before.length).reduce((count, { length }) => count + length, 0);
    return parts.map(([, statements], index) => {
      next += all[before.length + index]?.length ?? 0;
      return results.slice(next - statements.length, next);
    });
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
