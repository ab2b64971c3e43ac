import { createHash, randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT, type JWTHeaderParameters } from "jose";
import type { Caller } from "../execution/seams.ts";
import { ProblemError } from "../problem.ts";
import { RecentlyUsed } from "./recently-used.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** Who a token speaks for, once it has been verified. */
export interface Verified {
  readonly caller: Caller;
  /** The family of refresh tokens that it belongs to. */
  readonly session: string;
  /** Stands for the caller in logs: the same for the same caller, and nothing leads back from it. */
  readonly tag: string;
  readonly expiresAtMs: number;
}

export interface AccessTokensOptions {
  readonly keys: SigningKeys;
  readonly issuer: string;
  readonly audience: string;
  readonly roles: ReadonlySet<string>;
  readonly lifeMs: number;
  readonly now: () => Date;
  /** Verified tokens that are remembered. */
  readonly rememberedMax: number;
}

/**
 * Access tokens: JWTs (RFC 9068) that are signed with EdDSA and live for minutes. A token is verified once and then recognised by its
 * whole text, which costs nothing; its end and the end of its session are looked at each time.
 *
 * A session that ends in this process (`endSession`) ends for its access tokens at once. In other processes they live on until they
 * expire: `lifeMs` is the bound.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #verified: RecentlyUsed<Verified>;
  /** Sessions that ended, until the last of their access tokens has expired. */
  readonly #ended = new Map<string, number>();

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    this.#verified = new RecentlyUsed(options.rememberedMax);
  }

  async issue(caller: { readonly role: string; readonly id: string }, session: string): Promise<string> {
    const { keys, issuer, audience, lifeMs, now } = this.#options;
    const key = await keys.current();
    const issuedAt = Math.floor(now().getTime() / 1000);
    return new SignJWT({ role: caller.role, sid: session })
      .setProtectedHeader({ alg: algorithm, typ: type, kid: key.id })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(caller.id)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifeMs / 1000)
      .sign(key.privateKey);
  }

  /** Who a token speaks for, if it has been verified before. */
  recall(token: string, nowMs: number): Verified | undefined {
    const verified = this.#verified.get(token);
    if (verified === undefined) return undefined;
    if (nowMs < verified.expiresAtMs && !this.#ended.has(verified.session)) return verified;
    this.#verified.delete(token);
    return undefined;
  }

  /** @throws ProblemError unless the token is ours and alive. */
  async verify(token: string): Promise<Verified> {
    // Shapes that no token of ours has are not worth a signature.
    if (token.length > tokenLengthMax || !compactForm.test(token)) throw notOurs();
    const verified = await this.#check(token);
    if (this.#ended.has(verified.session)) throw refused("The session of this access token has ended. Sign in again.");
    this.#verified.set(token, verified);
    return verified;
  }

  endSession(session: string): void {
    const { now, lifeMs } = this.#options;
    const nowMs = now().getTime();
    // They end in the order in which they were put here, so the first one that still matters ends the sweep.
    for (const [ended, untilMs] of this.#ended) {
      if (untilMs > nowMs) break;
      this.#ended.delete(ended);
    }
    this.#ended.delete(session);
    this.#ended.set(session, nowMs + lifeMs + skewSeconds * 1000);
  }

  /** Sessions that are remembered as ended. */
  get endedSessions(): number {
    return this.#ended.size;
  }

  async #check(token: string): Promise<Verified> {
    const { issuer, audience, roles, lifeMs, now } = this.#options;
    try {
      const { payload } = await jwtVerify(token, (header) => this.#keyOf(header), {
        algorithms: [algorithm],
        typ: type,
        issuer,
        audience,
        currentDate: now(),
        clockTolerance: skewSeconds,
        maxTokenAge: lifeMs / 1000,
        requiredClaims: ["sub", "exp", "iat", "role", "sid"],
      });
      const { sub, exp, role, sid } = payload;
      if (typeof sub !== "string" || typeof exp !== "number" || typeof role !== "string" || typeof sid !== "string" || !roles.has(role))
        throw notOurs();
      return { caller: { role, id: sub }, session: sid, tag: tagOf(sub), expiresAtMs: exp * 1000 };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw refused("The access token has expired. Get a new one with your refresh token.");
      // Anything else, such as a database that cannot be read, says nothing about the token.
      throw error instanceof errors.JOSEError ? notOurs() : error;
    }
  }

  // The key id is looked up among our own keys and nowhere else; `jku`, `jwk` and `x5u` of a header are never read.
  async #keyOf({ kid }: JWTHeaderParameters) {
    const key = typeof kid === "string" ? await this.#options.keys.find(kid) : undefined;
    if (!key) throw notOurs();
    return key;
  }
}

const algorithm = "EdDSA";
const type = "at+jwt";
const skewSeconds = 5;
const tokenLengthMax = 2048;
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const notOurs = (): ProblemError => refused("The access token is not one of ours. Sign in to get one.");
const refused = (detail: string): ProblemError => new ProblemError("unauthenticated", 401, { detail });

const tagOf = (actor: string): string => createHash("sha256").update(actor).digest("hex").slice(0, 12);
