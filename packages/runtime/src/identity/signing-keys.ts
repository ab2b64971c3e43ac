import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { JsonValue } from "@archwright/model";
import type { Row, Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { newId } from "../execution/identifier.ts";
import type { Secrets } from "../execution/secrets.ts";

export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** The public keys as RFC 7517 publishes them. */
export interface PublishedKeys {
  readonly keys: readonly JsonValue[];
}

/** The keys that access tokens are signed with. They live in the database, so that every process signs and verifies with the same ones. */
export interface SigningKeys {
  /** The newest key. */
  current(): Promise<SigningKey>;
  /** The public half of one of our own keys; any other id is nobody's. */
  find(id: string): Promise<KeyObject | undefined>;
  published(): Promise<PublishedKeys>;
  /** Signs with a new key from now on. The old one verifies for as long as tokens that it signed live. */
  rotate(): Promise<void>;
}

export interface SigningKeysOptions {
  readonly pool: Pool;
  /** The private keys are sealed, so that a copy of the database is not enough to sign. */
  readonly secrets: Secrets;
  readonly tokenLifeMs: number;
  readonly now: () => Date;
}

/** Loads the keys. The first process of all makes the first key; others wait for it. */
export async function openSigningKeys(options: SigningKeysOptions): Promise<SigningKeys> {
  const ring = new KeyRing(options);
  await ring.current();
  return ring;
}

// After a rotation another process may sign with the old key for this long.
const freshMs = 60_000;
// An id that nobody has must not become a query for each request.
const lookAgainMs = 10_000;
const clockSkewMs = 60_000;

interface LoadedKey extends SigningKey {
  readonly publicKey: KeyObject;
  readonly publicJwk: JsonValue;
  readonly retires: boolean;
}

class KeyRing implements SigningKeys {
  readonly #options: SigningKeysOptions;
  #keys: readonly LoadedKey[] = [];
  #loadedMs = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;

  constructor(options: SigningKeysOptions) {
    this.#options = options;
  }

  async current(): Promise<SigningKey> {
    if (this.#ageMs() > freshMs) await this.#load();
    const newest = this.#keys.find(({ retires }) => !retires);
    if (!newest) throw new Error("There is no signing key, although one is made where there is none.");
    return newest;
  }

  async find(id: string): Promise<KeyObject | undefined> {
    const known = this.#known(id);
    if (known || this.#ageMs() < lookAgainMs) return known;
    await this.#load();
    return this.#known(id);
  }

  async published(): Promise<PublishedKeys> {
    if (this.#ageMs() > freshMs) await this.#load();
    return { keys: this.#keys.map(({ publicJwk }) => publicJwk) };
  }

  async rotate(): Promise<void> {
    const { pool, now, tokenLifeMs } = this.#options;
    const retiresAt = new Date(now().getTime() + tokenLifeMs + freshMs + clockSkewMs);
    const retire = { text: "update archwright.signing_key set retires_at = $1 where retires_at is null", values: [retiresAt] };
    await pool.transaction((transaction) => transaction.run([onlyOne, retire, this.#newKey()]));
    await this.#load();
  }

  #known(id: string): KeyObject | undefined {
    return this.#keys.find((key) => key.id === id)?.publicKey;
  }

  #ageMs(): number {
    return this.#options.now().getTime() - this.#loadedMs;
  }

  #load(): Promise<void> {
    this.#loading ??= this.#loadNow().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #loadNow(): Promise<void> {
    const { pool, now, secrets } = this.#options;
    const select = { text: selectKeys, values: [now()] };
    const [found] = await pool.read([select]);
    const isActive = ({ retires_at: retiresAt }: Row): boolean => retiresAt === null;
    const rows = found?.rows.some(isActive) ? found.rows : await this.#makeFirst(select, isActive);
    this.#keys = rows.map((row) => loadedKey(row, secrets));
    this.#loadedMs = now().getTime();
  }

  /** Two processes that start together make one key: the second one finds that of the first. */
  #makeFirst(select: Statement, isActive: (row: Row) => boolean): Promise<readonly Row[]> {
    return this.#options.pool.transaction(async (transaction) => {
      const [, found] = await transaction.run([onlyOne, select]);
      if (found?.rows.some(isActive)) return found.rows;
      const [, made] = await transaction.run([this.#newKey(), select]);
      return made?.rows ?? [];
    });
  }

  #newKey(): Statement {
    const { now, secrets } = this.#options;
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const id = newId("key", now().getTime());
    const sealed = Buffer.from(secrets.seal(privateKey.export({ type: "pkcs8", format: "pem" }).toString()));
    const publicJwk = { ...publicKey.export({ format: "jwk" }), kid: id, alg: "EdDSA", use: "sig" };
    return {
      text: "insert into archwright.signing_key (id, private_key, public_jwk, created_at) values ($1, $2, $3, $4)",
      values: [id, sealed, publicJwk, now()],
    };
  }
}

const onlyOne: Statement = { text: "select pg_advisory_xact_lock(hashtextextended('archwright.signing_key', 0))" };

const selectKeys = `select id, private_key, public_jwk, retires_at from archwright.signing_key
  where retires_at is null or retires_at > $1 order by created_at desc, id desc`;

function loadedKey(row: Row, secrets: Secrets): LoadedKey {
  const id = String(row["id"]);
  const sealed = row["private_key"];
  if (!Buffer.isBuffer(sealed)) throw new TypeError(`The signing key ${id} is stored as no bytes.`);
  const privateKey = createPrivateKey(opened(id, sealed.toString(), secrets));
  const publicJwk = row["public_jwk"] as JsonValue; // A column of jsonb.
  return { id, privateKey, publicKey: createPublicKey(privateKey), publicJwk, retires: row["retires_at"] !== null };
}

function opened(id: string, sealed: string, secrets: Secrets): string {
  try {
    return secrets.open(sealed);
  } catch (cause) {
    throw new Error(
      `The signing key ${id} does not open with the secret that was given, so nobody could sign in. Start with the secret that this database was made with, or delete the rows of archwright.signing_key: everybody then has to sign in again.`,
      { cause },
    );
  }
}
