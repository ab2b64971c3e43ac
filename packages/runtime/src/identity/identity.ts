import { randomBytes } from "node:crypto";
import { lookupOf, signUpRole, type Model } from "@archwright/model";
import type { Pool } from "../database/pool.ts";
import type { Secrets } from "../execution/secrets.ts";
import type { Log } from "../observability/log.ts";
import { ProblemError } from "../problem.ts";
import { AccessTokens, type Verified } from "./access-tokens.ts";
import { emailKey, newAccountId, openAccount, type AccountsOptions, type ActorTables, type NewAccount } from "./accounts.ts";
import { createPasswords, type PasswordOptions } from "./passwords.ts";
import { Sessions, type Account } from "./sessions.ts";
import { openSigningKeys, type PublishedKeys, type SigningKeys } from "./signing-keys.ts";

export interface IdentityOptions {
  readonly model: Model;
  /** Of the role that serves requests. */
  readonly pool: Pool;
  readonly tables: ActorTables;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Who issues the tokens, and for whom: by default the system, by its name. */
  readonly issuer?: string;
  readonly audience?: string;
  /** 10 minutes. Also how long a session that ended elsewhere may still be served here. */
  readonly accessLifeMs?: number;
  /** 30 days, however much the session is used. */
  readonly sessionLifeMs?: number;
  /** 14 days without a refresh. */
  readonly sessionIdleMs?: number;
  readonly passwords?: PasswordOptions;
  readonly now?: () => Date;
  readonly randomBytes?: (count: number) => Buffer;
}

/** What a caller gets who has signed up, signed in or refreshed: the fields that the contract names. */
export interface Tokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly role: string;
  readonly actor: string;
}

export interface Identity {
  /** @throws ProblemError conflict when the email has an account. */
  signUp(given: NewAccount): Promise<Tokens>;
  /** @throws ProblemError wrong-credentials, the same and after the same work whether there is such an account or not. */
  signIn(email: string, password: string): Promise<Tokens>;
  /** Gives a new pair of tokens for a refresh token, which is of no use afterwards. @throws ProblemError unauthenticated */
  refresh(refreshToken: string): Promise<Tokens>;
  /** Ends the session, if there is one. */
  signOut(refreshToken: string): Promise<void>;
  /** Who a token speaks for, if it has been verified before: at no cost, so to be asked first. */
  recall(accessToken: string, nowMs: number): Verified | undefined;
  /** @throws ProblemError unauthenticated */
  verify(accessToken: string): Promise<Verified>;
  publishedKeys(): Promise<PublishedKeys>;
  rotateKeys(): Promise<void>;
}

/** Accounts, passwords and tokens of a model with roles. */
export async function createIdentity(options: IdentityOptions): Promise<Identity> {
  const parts = await partsOf(options);
  const { keys, access, sessions } = parts;
  return {
    signUp: (given) => signUp(parts, given),
    signIn: (email, password) => signIn(parts, email, password),
    refresh: (refreshToken) => refresh(parts, refreshToken),
    async signOut(refreshToken) {
      const session = await sessions.end(refreshToken);
      if (session !== undefined) access.endSession(session);
    },
    recall: (token, nowMs) => access.recall(token, nowMs),
    verify: (token) => access.verify(token),
    publishedKeys: () => keys.published(),
    rotateKeys: () => keys.rotate(),
  };
}

interface Parts {
  readonly accounts: AccountsOptions;
  readonly keys: SigningKeys;
  readonly sessions: Sessions;
  readonly access: AccessTokens;
  readonly accessLifeMs: number;
  readonly log: Log;
}

async function partsOf(options: IdentityOptions): Promise<Parts> {
  const { model, pool, tables, secrets, log, now = () => new Date(), accessLifeMs = 10 * minuteMs } = options;
  const { issuer = model.name, audience = model.name, sessionLifeMs = 30 * dayMs, sessionIdleMs = 14 * dayMs } = options;
  const keys = await openSigningKeys({ pool, secrets, tokenLifeMs: accessLifeMs, now });
  const roles = new Set(model.roles.map(({ name }) => name));
  return {
    accounts: { model, pool, tables, passwords: createPasswords(options.passwords), now, databaseRole: signUpRole(model.name) },
    keys,
    sessions: new Sessions({ pool, now, randomBytes: options.randomBytes ?? randomBytes, lifeMs: sessionLifeMs, idleMs: sessionIdleMs }),
    access: new AccessTokens({ keys, issuer, audience, roles, now, lifeMs: accessLifeMs, rememberedMax: 5_000 }),
    accessLifeMs,
    log,
  };
}

async function signUp(parts: Parts, given: NewAccount): Promise<Tokens> {
  const { accounts, sessions } = parts;
  if (lookupOf(accounts.model).role(given.role).signUp !== true)
    throw new ProblemError("forbidden", 403, { detail: `Nobody can sign up as ${given.role}: the role is granted.` });
  const id = newAccountId(accounts.now());
  const begun = sessions.begin(id);
  const account = await openAccount(accounts, given, { id, alongside: begun.statements });
  return tokensOf(parts, account, begun);
}

async function signIn(parts: Parts, email: string, password: string): Promise<Tokens> {
  const { pool, passwords } = parts.accounts;
  const account = await findAccount(pool, email);
  const matches = await passwords.matches(password, account?.passwordHash);
  if (!account || !matches || account.disabled) throw wrongCredentials();
  const begun = parts.sessions.begin(account.id);
  await pool.read(begun.statements);
  return tokensOf(parts, account, begun);
}

async function refresh(parts: Parts, refreshToken: string): Promise<Tokens> {
  const { sessions, access, log } = parts;
  const refreshed = await sessions.refresh(refreshToken);
  if (refreshed.kind === "refreshed") return tokensOf(parts, refreshed.account, refreshed);
  if (refreshed.kind === "reused") {
    access.endSession(refreshed.session);
    log.warn({ session: refreshed.session }, "a refresh token was used twice: its session has ended");
  }
  throw new ProblemError("unauthenticated", 401, { detail: "The refresh token is not valid, or no longer. Sign in again." });
}

interface Held {
  readonly session: string;
  readonly token: string;
}

async function tokensOf({ access, accessLifeMs }: Parts, { role, actor }: Account, { session, token }: Held): Promise<Tokens> {
  const accessToken = await access.issue({ role, id: actor }, session);
  return { accessToken, expiresInSeconds: accessLifeMs / 1000, refreshToken: token, role, actor };
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

interface FoundAccount extends Account {
  readonly passwordHash: string;
  readonly disabled: boolean;
}

async function findAccount(pool: Pool, email: string): Promise<FoundAccount | undefined> {
  const text = "select id, role, actor, password_hash, disabled_at from archwright.account where email = $1";
  const [found] = await pool.read([{ text, values: [emailKey(email)] }]);
  const row = found?.rows[0];
  if (!row) return undefined;
  return {
    id: String(row["id"]),
    role: String(row["role"]),
    actor: String(row["actor"]),
    passwordHash: String(row["password_hash"]),
    disabled: row["disabled_at"] !== null,
  };
}

function wrongCredentials(): ProblemError {
  return new ProblemError("wrong-credentials", 401, { detail: "The email and the password do not match an account." });
}
