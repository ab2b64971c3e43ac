import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answered } from "./caller.ts";
import { assertRefusal } from "./refusal.ts";
import { orderOf, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let anna: Customer;
let bert: Customer;
let tea: string;

beforeAll(async () => {
  world = await shopWorld();
  [anna, bert] = [await world.customer(), await world.customer()];
  tea = await world.product(1_000_000);
});

afterAll(async () => {
  await world.close();
});

const sub = (): string => anna.id;
const { privateKey } = generateKeyPairSync("ed25519");
const claims = { role: "staff", sid: "ses_1" };
const signed = (header: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", ...header })
    .setIssuer("shop")
    .setAudience("shop")
    .setSubject(sub())
    .setIssuedAt()
    .setExpirationTime("10m")
    .sign(privateKey);
const ourKey = async (): Promise<{ kid: string; x: string }> => {
  const { body } = await world.stranger().get("/.well-known/jwks.json");
  return (body["keys"] as unknown as { kid: string; x: string }[])[0] ?? { kid: "", x: "" }; // RFC 7517.
};
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const assertNobody = async (token: string): Promise<void> => {
  const answered = await world.stranger().as(token).get("/orders");
  expect(answered.status).toBe(401);
  assertRefusal(answered, token);
};

test("with a key of his own under the name of ours", async () => {
  const { kid } = await ourKey();
  await assertNobody(await signed({ kid }));
  await assertNobody(await signed({ kid: "../../key" }));
  await assertNobody(await signed({}));
  await assertNobody(await signed({ kid, jwk: createPublicKey(privateKey).export({ format: "jwk" }) }));
  await assertNobody(await signed({ kid, jku: `${world.stripe.url}/jwks.json` }));
});

test("without a signature, or with our public key as a secret", async () => {
  const { kid, x } = await ourKey();
  const payload = encode({
    ...claims,
    iss: "shop",
    aud: "shop",
    sub: sub(),
    iat: Math.floor(Date.now() / 1_000),
    exp: Math.floor(Date.now() / 1_000) + 600,
  });
  for (const alg of ["none", "None", "nOnE"])
    for (const tail of ["", "x"]) await assertNobody(`${encode({ alg, typ: "at+jwt", kid })}.${payload}.${tail}`);
  const head = encode({ alg: "HS256", typ: "at+jwt", kid });
  for (const secret of [x, Buffer.from(x, "base64url")])
    await assertNobody(`${head}.${payload}.${createHmac("sha256", secret).update(`${head}.${payload}`).digest("base64url")}`);
});

test("with his own token, changed", async () => {
  const [head = "", payload = "", signature = ""] = (bert.token ?? "").split(".");
  const said = JSON.parse(Buffer.from(payload, "base64url").toString());
  for (const change of [{ role: "staff" }, { sub: anna.id }, { role: "system" }, { exp: 9_999_999_999 }])
    await assertNobody(`${head}.${encode({ ...said, ...change })}.${signature}`);
  await assertNobody(`${head}.${payload}.${signature.slice(0, -2)}`);
  expect(
    (
      await world
        .stranger()
        .as(bert.token ?? "")
        .get("/orders")
    ).status,
  ).toBe(200);
});

test("with a token of another deployment of the same system", async () => {
  const other = await shopWorld();
  try {
    const eve = await other.customer();
    await assertNobody(eve.token ?? "");
    expect((await world.stranger().send("POST", "/auth/refresh", { body: { refreshToken: eve.refreshToken } })).status).toBe(401);
  } finally {
    await other.stripe.close();
    other.shop.kill("SIGKILL");
    await other.admin.end(100);
  }
});

test("with a refresh token that was used before: the session ends for both", async () => {
  const eve = await world.customer();
  const refresh = (refreshToken: string): Promise<Answered> => world.stranger().send("POST", "/auth/refresh", { body: { refreshToken } });
  const { body: next } = await refresh(eve.refreshToken);
  expect((await eve.as(String(next["accessToken"])).get("/orders")).status).toBe(200);
  expect((await refresh(eve.refreshToken)).status).toBe(401);
  expect((await refresh(String(next["refreshToken"]))).status).toBe(401);
  expect((await eve.as(String(next["accessToken"])).get("/orders")).status).toBe(401);
});

test("by refreshing many times at once", async () => {
  const eve = await world.customer();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => world.stranger().send("POST", "/auth/refresh", { body: { refreshToken: eve.refreshToken } })),
  );
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  expect(answers.filter(({ status }) => status !== 200 && status !== 401)).toEqual([]);
});

test("after he has signed out", async () => {
  const eve = await world.customer();
  expect((await world.stranger().send("POST", "/auth/sign-out", { body: { refreshToken: eve.refreshToken } })).status).toBe(204);
  expect((await eve.get("/orders")).status).toBe(401);
  expect((await world.stranger().send("POST", "/auth/refresh", { body: { refreshToken: eve.refreshToken } })).status).toBe(401);
});

test("with an Idempotency-Key that another has used", async () => {
  const key = randomUUID();
  const sending = { body: orderOf(tea), headers: { "idempotency-key": key } };
  const [annas, berts] = [await anna.send("POST", "/orders", sending), await bert.send("POST", "/orders", sending)];
  expect([annas.status, berts.status]).toEqual([201, 201]);
  expect(berts.headers["idempotency-replayed"]).toBeUndefined();
  expect([annas.body["buyer"], berts.body["buyer"]]).toEqual([anna.id, bert.id]);
  const again = await anna.send("POST", "/orders", sending);
  expect([again.headers["idempotency-replayed"], again.text]).toEqual(["true", annas.text]);
});

test("by the time that signing in takes, which is the same with an unknown email", async () => {
  const timed = async (email: string): Promise<number> =>
    (await world.stranger().send("POST", "/auth/sign-in", { body: { email, password: "not the password" } })).ms;
  const [known, unknown]: [number[], number[]] = [[], []];
  // In turns, so that both see the same weather.
  for (let turn = 0; turn < 9; turn += 1) {
    known.push(await timed(anna.email));
    unknown.push(await timed("nobody@shop.example"));
  }
  const [ofKnown, ofUnknown] = [known, unknown].map((times) => times.toSorted((left, right) => left - right)[4] ?? 0) as [number, number]; // Two of two.
  expect(Math.max(ofKnown, ofUnknown) / Math.min(ofKnown, ofUnknown)).toBeLessThan(1.6);
});
