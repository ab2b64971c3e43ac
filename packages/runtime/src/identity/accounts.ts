import { lookupOf, type Entity, type Model, type Role } from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { DatabaseFailure } from "../database/failure.ts";
import type { Pool } from "../database/pool.ts";
import { problemOf } from "../execution/database-problem.ts";
import { newId } from "../execution/identifier.ts";
import { newRow } from "../execution/new-row.ts";
import type { InputValues } from "../execution/seams.ts";
import { infrastructure, TransactionSession } from "../execution/session.ts";
import { ProblemError } from "../problem.ts";
import { assertPassword, type Passwords } from "./passwords.ts";
import type { Account } from "./sessions.ts";

/** How the actor's row gets into its table. */
export interface ActorTables {
  of(entity: string): { insert(row: Readonly<Record<string, unknown>>): readonly Statement[] };
}

/** By whose hand accounts are made: the pool, and the database role that may insert actors over it. */
export interface AccountsOptions {
  readonly model: Model;
  readonly pool: Pool;
  readonly databaseRole: string;
  readonly tables: ActorTables;
  readonly passwords: Passwords;
  readonly now: () => Date;
}

export interface NewAccount {
  readonly role: string;
  readonly email: string;
  readonly password: string;
  /** The fields of the actor's row besides the email. */
  readonly actor?: InputValues;
}

/** What becomes of a new account besides itself. */
interface Birth {
  readonly id: string;
  /** Statements that commit with it. */
  readonly alongside: readonly Statement[];
}

export const newAccountId = (now: Date): string => newId("acc", now.getTime());

/**
 * Makes an account with its actor's row, both or neither.
 *
 * @throws ProblemError conflict when the email has an account already; the password has been hashed by then, so that the time does not tell.
 */
export async function openAccount(
  options: AccountsOptions,
  given: NewAccount,
  { id, alongside }: Birth = { id: newAccountId(options.now()), alongside: [] },
): Promise<Account> {
  const { model, pool, databaseRole, tables, passwords, now } = options;
  const role = lookupOf(model).role(given.role);
  const email = emailKey(given.email);
  assertPassword(given.password, email);
  const passwordHash = await passwords.hash(given.password);
  const actor = actorOf(model, role, { ...given.actor, email }, now());
  const account: Account = { id, role: role.name, actor: actor ? String(actor.row["id"]) : id };
  const insert: Statement = {
    text: "insert into archwright.account (id, role, actor, email, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)",
    values: [id, role.name, account.actor, email, passwordHash, now()],
  };
  const inserts = actor
    ? [[{ databaseRole, caller: { role: role.name, id: account.actor } }, tables.of(actor.entity.id).insert(actor.row)] as const]
    : [];
  try {
    await pool.transaction(async (transaction) => {
      const session = new TransactionSession(transaction);
      // The account first: of two with the same email the second one waits here, and learns of the first before it writes anything else.
      await session.runEach([[infrastructure, [insert]], ...inserts]);
      await session.commit(alongside);
    });
  } catch (error) {
    throw isTakenEmail(error) ? emailTaken(error) : problemOf(error, model.entities);
  }
  return account;
}

/** Emails that differ in their case only are the same. */
export const emailKey = (email: string): string => email.toLowerCase();

function actorOf(
  model: Model,
  role: Role,
  said: InputValues,
  now: Date,
): { readonly entity: Entity; readonly row: Record<string, unknown> } | undefined {
  if (role.actor === undefined) return undefined;
  const entity = lookupOf(model).entity(role.actor);
  return { entity, row: newRow(entity, said, now) };
}

function isTakenEmail(error: unknown): boolean {
  return error instanceof DatabaseFailure && error.sqlState === "23505" && error.schema === "archwright" && error.table === "account";
}

function emailTaken(cause: unknown): ProblemError {
  const message = "has an account already";
  return new ProblemError("conflict", 409, {
    detail: "This email has an account already. Sign in instead.",
    fields: [{ path: "email", message }],
    cause,
  });
}
