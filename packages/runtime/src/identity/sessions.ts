import { createHash } from "node:crypto";
import type { Row, Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { newId } from "../execution/identifier.ts";

/** Whose session it is. */
export interface Account {
  readonly id: string;
  readonly role: string;
  /** The id of the actor's row, and of the account itself where the role has no actor. */
  readonly actor: string;
}

export interface SessionsOptions {
  readonly pool: Pool;
  readonly now: () => Date;
  readonly randomBytes: (count: number) => Buffer;
  /** A session ends this long after the sign-in, however much it is used. */
  readonly lifeMs: number;
  /** A session that nobody refreshes for this long ends. */
  readonly idleMs: number;
}

/** A refresh token that was just made. Only its hash is kept. */
export interface NewToken {
  readonly token: string;
  readonly session: string;
  readonly statements: readonly Statement[];
}

export type Refreshed =
  | { readonly kind: "refreshed"; readonly token: string; readonly session: string; readonly account: Account }
  | { readonly kind: "unknown" }
  /** A token that had been replaced was used again: whoever did it, one of two holders is a thief, and the session has ended for both. */
  | { readonly kind: "reused"; readonly session: string };

/**
 * Refresh tokens that are replaced with each use (RFC 9700, section 4.14.2): 256 random bits, kept as SHA-256. The tokens of one sign-in are a family,
 * and its id is the id of the session. Two refreshes with the same token at the same time count as reuse, without a grace: a client
 * must refresh once at a time, and one that lost the answer signs in again.
 */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** A new session; its statements belong into the transaction that makes the account, or stand alone. */
  begin(account: string): NewToken {
    const { now, lifeMs } = this.#options;
    const session = newId("ses", now().getTime());
    const expiresAt = new Date(now().getTime() + lifeMs);
    const { token, statement } = this.#issue(account, session, expiresAt);
    const tidy = [
      { text: "delete from archwright.session where account = $1 and expires_at < $2", values: [account, now()] },
      { text: deleteOldest, values: [account, sessionsMax] },
    ];
    return { token, session, statements: [statement, ...tidy] };
  }

  async refresh(token: string): Promise<Refreshed> {
    return this.#options.pool.transaction(async (transaction) => {
      const [found] = await transaction.run([{ text: selectSession, values: [hashOf(token)] }]);
      const row = found?.rows[0];
      if (!row || !this.#lives(row)) return { kind: "unknown" };
      const session = String(row["family"]);
      if (row["replaced_at"] !== null) {
        await transaction.commit([this.#revoke(session)]);
        return { kind: "reused", session };
      }
      const account = { id: String(row["account"]), role: String(row["role"]), actor: String(row["actor"]) };
      const next = this.#issue(account.id, session, row["expires_at"]);
      await transaction.commit([
        { text: "update archwright.session set replaced_at = $2 where id = $1", values: [row["id"], this.#options.now()] },
        next.statement,
      ]);
      return { kind: "refreshed", token: next.token, session, account };
    });
  }

  /** Ends the session of a token, replaced or not. Undefined if no session has it. */
  async end(token: string): Promise<string | undefined> {
    const family = "select family from archwright.session where token_hash = $1";
    const text = `update archwright.session set revoked_at = coalesce(revoked_at, $2) where family = (${family}) returning family`;
    const [ended] = await this.#options.pool.read([{ text, values: [hashOf(token), this.#options.now()] }]);
    const session = ended?.rows[0]?.["family"];
    return typeof session === "string" ? session : undefined;
  }

  #lives(row: Row): boolean {
    const nowMs = this.#options.now().getTime();
    const since = (column: string): number => {
      const time = row[column];
      return time instanceof Date ? nowMs - time.getTime() : Number.POSITIVE_INFINITY;
    };
    return (
      row["revoked_at"] === null && row["disabled_at"] === null && since("expires_at") < 0 && since("issued_at") < this.#options.idleMs
    );
  }

  #revoke(session: string): Statement {
    return {
      text: "update archwright.session set revoked_at = $2 where family = $1 and revoked_at is null",
      values: [session, this.#options.now()],
    };
  }

  #issue(account: string, session: string, expiresAt: unknown): { readonly token: string; readonly statement: Statement } {
    const { now, randomBytes } = this.#options;
    const token = randomBytes(32).toString("base64url");
    const values = [newId("rft", now().getTime()), account, session, hashOf(token), now(), expiresAt];
    return { token, statement: { text: insertSession, values } };
  }
}

/** Sign-ins of one account that are alive at the same time. The oldest one gives way. */
const sessionsMax = 50;

// The lock makes the second of two refreshes see what the first one did.
const selectSession = `select session.id, session.account, session.family, session.issued_at, session.expires_at, session.replaced_at, session.revoked_at,
  account.role, account.actor, account.disabled_at
  from archwright.session join archwright.account on account.id = session.account
  where session.token_hash = $1 for update of session`;

const insertSession = `insert into archwright.session (id, account, family, token_hash, issued_at, expires_at) values ($1, $2, $3, $4, $5, $6)`;

const deleteOldest = `delete from archwright.session where family in (
  select family from archwright.session where account = $1 group by family order by max(issued_at) desc, family desc offset $2)`;

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
