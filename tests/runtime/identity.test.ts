import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import shop from "../../examples/shop/system.ts";
import { createEntityTables, type EntityTables } from "../../packages/runtime/src/execution/entity-table.ts";
import { createSecrets } from "../../packages/runtime/src/execution/secrets.ts";
import { createAccount, grantRole } from "../../packages/runtime/src/identity/administration.ts";
import { createIdentity, type Identity, type IdentityOptions } from "../../packages/runtime/src/identity/identity.ts";
import { quietLog, runModel, type RunningModel } from "./running-model.ts";

const password = "correct horse battery";
const name = "Ada";
let backend: RunningModel;
let tables: EntityTables;
let identity: Identity;
let now = new Date();

const identityWith = (options: Partial<IdentityOptions> = {}): Promise<Identity> =>
  createIdentity({ model: backend.model, pool: backend.pool, tables, secrets: backend.secrets, log: quietLog, now: () => now, ...options });

const newEmail = (): string => `${randomUUID()}@example.com`;
const signUp = (email = newEmail(), at: Identity = identity) => at.signUp({ role: "customer", email, password, actor: { name } });
const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => "done",
    (error: { code?: string }) => error.code ?? error,
  );
const later = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

beforeAll(async () => {
  backend = await runModel(shop);
  tables = createEntityTables(backend.lookup, backend.model, backend.secrets);
  identity = await identityWith();
}, 60_000);
afterAll(() => backend.close());

describe("signing up", () => {
  test("makes an account and its actor's row, and answers tokens that speak for that row", async () => {
    const email = newEmail();
    const { accessToken, actor, role, expiresInSeconds } = await signUp(email.toUpperCase());
    expect({ role, expiresInSeconds }).toEqual({ role: "customer", expiresInSeconds: 600 });
    expect((await identity.verify(accessToken)).caller).toEqual({ role: "customer", id: actor });
    const [users] = await backend.adminPool.read([{ text: "select email, name from identity.user where id = $1", values: [actor] }]);
    expect(users?.rows).toEqual([{ email, name }]);
  });

  test("with an email that has an account is a conflict, in whatever case, and leaves no row behind", async () => {
    const email = newEmail();
    await signUp(email);
    expect(await codeOf(signUp(email.toUpperCase()))).toBe("conflict");
    const [users] = await backend.adminPool.read([
      { text: "select count(*)::int as n from identity.user where email = $1", values: [email] },
    ]);
    expect(users?.rows).toEqual([{ n: 1 }]);
  });

  test("fifty times at once with one email makes one account", async () => {
    const email = newEmail();
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(signUp(email))));
    expect(codes.filter((code) => code === "done")).toHaveLength(1);
    expect(codes.filter((code) => code === "conflict")).toHaveLength(49);
  }, 30_000);

  test("for a role that is granted is forbidden", async () => {
    expect(await codeOf(identity.signUp({ role: "staff", email: newEmail(), password, actor: { name } }))).toBe("forbidden");
  });

  test("with the email as the password is refused", async () => {
    const email = newEmail();
    expect(await codeOf(identity.signUp({ role: "customer", email, password: email.toUpperCase(), actor: { name } }))).toBe(
      "invalid-input",
    );
  });

  test("keeps the password as argon2id with the parameters that OWASP names", async () => {
    const email = newEmail();
    await signUp(email);
    const [accounts] = await backend.adminPool.read([
      { text: "select password_hash from archwright.account where email = $1", values: [email] },
    ]);
    expect(accounts?.rows[0]?.["password_hash"]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe("signing in", () => {
  test("answers tokens of the same actor", async () => {
    const email = newEmail();
    const { actor } = await signUp(email);
    expect(await identity.signIn(email, password)).toMatchObject({ actor, role: "customer" });
  });

  test("takes the same password as another keyboard writes it", async () => {
    const email = newEmail();
    await identity.signUp({ role: "customer", email, password: "Zürich ﬁnally 12", actor: { name } });
    expect(await identity.signIn(email, "Zu\u0308rich finally 12")).toMatchObject({ role: "customer" });
  });

  test("with a wrong password and with an unknown email are the same refusal", async () => {
    const email = newEmail();
    await signUp(email);
    const refusals = await Promise.all(
      [identity.signIn(email, "wrong horse battery"), identity.signIn(newEmail(), password)].map((attempt) =>
        attempt.catch((error: unknown) => error),
      ),
    );
    expect(refusals[0]).toMatchObject({ code: "wrong-credentials", status: 401 });
    expect(String(refusals[1])).toBe(String(refusals[0]));
  });

  test("with an unknown email takes as long as with a wrong password", async () => {
    const email = newEmail();
    await signUp(email);
    const timeOf = async (attempt: Promise<unknown>): Promise<number> => {
      const startedAt = performance.now();
      await attempt.catch(() => undefined);
      return performance.now() - startedAt;
    };
    const [knownMs, unknownMs]: [number[], number[]] = [[], []];
    // In turns, so that both meet the same load of the machine.
    for (let round = 0; round < 15; round += 1) {
      knownMs.push(await timeOf(identity.signIn(email, "wrong horse battery")));
      unknownMs.push(await timeOf(identity.signIn(newEmail(), "wrong horse battery")));
    }
    const median = (times: readonly number[]): number => times.toSorted((left, right) => left - right)[7] ?? 0;
    const ratio = median(unknownMs) / median(knownMs);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  }, 30_000);

  test("of a disabled account is refused like a wrong password, and so is its refresh", async () => {
    const email = newEmail();
    const { refreshToken } = await signUp(email);
    await backend.adminPool.read([{ text: "update archwright.account set disabled_at = now() where email = $1", values: [email] }]);
    expect(await codeOf(identity.signIn(email, password))).toBe("wrong-credentials");
    expect(await codeOf(identity.refresh(refreshToken))).toBe("unauthenticated");
  });

  test("keeps fifty sessions of an account, and the oldest gives way", async () => {
    const { refreshToken, actor } = await signUp();
    const [account] = await backend.adminPool.read([{ text: "select id from archwright.account where actor = $1", values: [actor] }]);
    const text = `insert into archwright.session (id, account, family, token_hash, issued_at, expires_at)
      select $1 || n, $1, $1 || n, sha256(($1 || n)::bytea), now() + n * interval '1 second', now() + interval '1 day' from generate_series(1, 49) as n`;
    const id = account?.rows[0]?.["id"];
    await backend.adminPool.read([{ text, values: [id] }]);
    const [email] = await backend.adminPool.read([{ text: "select email from archwright.account where id = $1", values: [id] }]);
    later(120_000);
    await identity.signIn(String(email?.rows[0]?.["email"]), password);
    const [kept] = await backend.adminPool.read([
      { text: "select count(distinct family)::int as n from archwright.session where account = $1", values: [id] },
    ]);
    expect(kept?.rows).toEqual([{ n: 50 }]);
    expect(await codeOf(identity.refresh(refreshToken))).toBe("unauthenticated");
  });
});

describe("refreshing", () => {
  test("replaces the token: the new one works, and speaks for the same session", async () => {
    const first = await signUp();
    const second = await identity.refresh(first.refreshToken);
    const third = await identity.refresh(second.refreshToken);
    expect(new Set([first.refreshToken, second.refreshToken, third.refreshToken]).size).toBe(3);
    expect((await identity.verify(third.accessToken)).session).toBe((await identity.verify(first.accessToken)).session);
  });

  test("with a replaced token ends the whole session, also for the one who holds the newest", async () => {
    const first = await signUp();
    const second = await identity.refresh(first.refreshToken);
    expect(await codeOf(identity.refresh(first.refreshToken))).toBe("unauthenticated");
    expect(await codeOf(identity.refresh(second.refreshToken))).toBe("unauthenticated");
    expect(await codeOf(identity.verify(second.accessToken))).toBe("unauthenticated");
  });

  test("leaves the account's other sessions alone", async () => {
    const email = newEmail();
    const stolen = await signUp(email);
    const other = await identity.signIn(email, password);
    await identity.refresh(stolen.refreshToken);
    await codeOf(identity.refresh(stolen.refreshToken));
    expect(await identity.refresh(other.refreshToken)).toMatchObject({ role: "customer" });
  });

  test("ten times at once with one token succeeds at most once, and the session is over", async () => {
    const { refreshToken } = await signUp();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => identity.refresh(refreshToken)));
    const won = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(won).toHaveLength(1);
    expect(await codeOf(identity.refresh(won[0]?.refreshToken ?? ""))).toBe("unauthenticated");
  });

  test("is over a month after the sign-in, however often it was done", async () => {
    let { refreshToken } = await signUp();
    for (let days = 10; days < 30; days += 10) {
      later(10 * 86_400_000);
      ({ refreshToken } = await identity.refresh(refreshToken));
    }
    later(10 * 86_400_000);
    expect(await codeOf(identity.refresh(refreshToken))).toBe("unauthenticated");
  });

  test("is over after two weeks without", async () => {
    const { refreshToken } = await signUp();
    later(14 * 86_400_000);
    expect(await codeOf(identity.refresh(refreshToken))).toBe("unauthenticated");
  });

  test("with a token that nobody has is refused", async () => {
    expect(await codeOf(identity.refresh("x".repeat(43)))).toBe("unauthenticated");
  });

  test("is possible with the hash in the database only for who has the token", async () => {
    const { refreshToken } = await signUp();
    const [stored] = await backend.adminPool.read([
      {
        text: "select count(*)::int as n from archwright.session where token_hash = $1 or encode(token_hash, 'escape') = $2",
        values: [Buffer.from(refreshToken), refreshToken],
      },
    ]);
    expect(stored?.rows).toEqual([{ n: 0 }]);
  });
});

describe("signing out", () => {
  test("ends the session for its refresh tokens and, in this process, for its access tokens at once", async () => {
    const first = await signUp();
    await identity.verify(first.accessToken);
    await identity.signOut(first.refreshToken);
    expect(identity.recall(first.accessToken, now.getTime())).toBeUndefined();
    expect(await codeOf(identity.verify(first.accessToken))).toBe("unauthenticated");
    expect(await codeOf(identity.refresh(first.refreshToken))).toBe("unauthenticated");
  });

  test("with a token that is no longer known is nothing to complain of", async () => {
    expect(await codeOf(identity.signOut("x".repeat(43)))).toBe("done");
  });

  test("leaves access tokens alive in other processes until they expire, and no longer", async () => {
    const other = await identityWith();
    const { accessToken, refreshToken } = await signUp();
    await other.verify(accessToken);
    await identity.signOut(refreshToken);
    expect(other.recall(accessToken, now.getTime())).toBeDefined();
    later(600_000);
    expect(other.recall(accessToken, now.getTime())).toBeUndefined();
    later(6_000);
    expect(await codeOf(other.verify(accessToken))).toBe("unauthenticated");
  });
});

describe("signing keys", () => {
  test("are one for all processes that start at the same time", async () => {
    await backend.adminPool.read([{ text: "delete from archwright.signing_key" }]);
    const processes = await Promise.all(Array.from({ length: 5 }, () => identityWith()));
    const ids = await Promise.all(
      processes.map(async (process) => (await process.publishedKeys()).keys.map((key) => (key as { kid: string }).kid).join()),
    );
    expect(new Set(ids).size).toBe(1);
    identity = await identityWith();
  });

  test("are published without their private half", async () => {
    const { keys } = await identity.publishedKeys();
    expect(keys).toEqual([expect.objectContaining({ kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig" })]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });

  test("lie encrypted in the database", async () => {
    const [stored] = await backend.adminPool.read([{ text: "select private_key from archwright.signing_key" }]);
    expect(String(stored?.rows[0]?.["private_key"])).not.toContain("PRIVATE KEY");
  });

  test("rotate without ending a session: the old key verifies until its last token has expired", async () => {
    const before = await signUp();
    const other = await identityWith();
    later(30_000);
    await identity.rotateKeys();
    const after = await signUp();
    expect((await identity.publishedKeys()).keys).toHaveLength(2);
    expect(await codeOf(other.verify(after.accessToken))).toBe("done");
    expect(await codeOf(other.verify(before.accessToken))).toBe("done");
    later(13 * 60_000);
    expect((await identity.publishedKeys()).keys).toHaveLength(1);
  });

  test("that another secret sealed are refused at the start, with what to do", async () => {
    const attempt = identityWith({ secrets: createSecrets(Buffer.alloc(32, 9)) });
    await expect(attempt).rejects.toThrow(/does not open with the secret that was given.*Start with the secret/);
  });
});

describe("administration", () => {
  const administration = () => ({ model: backend.model, adminPool: backend.adminPool, tables });

  test("makes accounts in any role", async () => {
    const email = newEmail();
    await createAccount(administration(), { role: "staff", email, password, actor: { name } });
    expect(await identity.signIn(email, password)).toMatchObject({ role: "staff" });
  });

  test("grants a role, which the next refresh brings", async () => {
    const email = newEmail();
    const { refreshToken } = await signUp(email);
    await grantRole(administration(), email.toUpperCase(), "staff");
    expect(await identity.refresh(refreshToken)).toMatchObject({ role: "staff" });
  });

  test("says what to do when nobody has the email", async () => {
    await expect(grantRole(administration(), newEmail(), "staff")).rejects.toThrow(/No account has the email .* Sign up with it first/);
  });
});
