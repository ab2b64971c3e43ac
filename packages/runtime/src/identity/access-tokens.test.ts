import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AccessTokens } from "./access-tokens.ts";
import type { SigningKeys } from "./signing-keys.ts";

const startMs = Date.UTC(2026, 0, 31);
const seconds = Math.floor(startMs / 1000);
const own = generateKeyPairSync("ed25519");
const foreign = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

const keys: SigningKeys = {
  current: () => Promise.resolve({ id: "key_1", privateKey: own.privateKey }),
  find: (id) => Promise.resolve(id === "key_1" ? own.publicKey : undefined),
  published: () => Promise.resolve({ keys: [] }),
  rotate: () => Promise.resolve(),
};

function tokens(clock = { ms: startMs }) {
  return new AccessTokens({
    keys,
    issuer: "shop",
    audience: "shop",
    roles: new Set(["customer"]),
    lifeMs: 600_000,
    now: () => new Date(clock.ms),
    rememberedMax: 10,
  });
}

const goodHeader = { alg: "EdDSA", typ: "at+jwt", kid: "key_1" };
const goodClaims = { iss: "shop", aud: "shop", sub: "usr_1", role: "customer", sid: "ses_1", iat: seconds, exp: seconds + 600 };
const part = (value: unknown): string => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** A token that is ours but for what is changed in it. */
function forge(header: object = {}, claims: object = {}, key: KeyObject = own.privateKey): string {
  const signed = `${part({ ...goodHeader, ...header })}.${part({ ...goodClaims, ...claims })}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

function hmac(header: object, secret: string | Buffer): string {
  const signed = `${part({ ...goodHeader, ...header })}.${part(goodClaims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const publicPem = own.publicKey.export({ type: "spki", format: "pem" });
const publicRaw = Buffer.from(own.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
const genuine = forge();
const [head = "", body = "", signature = ""] = genuine.split(".");
const foreignJwk = foreign.publicKey.export({ format: "jwk" });
const unsigned = `${part({ ...goodHeader, alg: "none" })}.${part(goodClaims)}`;
const flipped = (text: string, at: number): string => `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;

// After RFC 8725 and the attacks on libraries that it collects.
const forgeries: readonly (readonly [why: string, token: string])[] = [
  ["unsigned, alg none", `${unsigned}.`],
  ["unsigned, alg none with our signature", `${unsigned}.${signature}`],
  ["unsigned, alg NoNe", `${part({ ...goodHeader, alg: "NoNe" })}.${part(goodClaims)}.x`],
  ["unsigned, signature left out", `${head}.${body}`],
  ["unsigned, signature empty", `${head}.${body}.`],
  ["signed with HS256 under our public key as PEM", hmac({ alg: "HS256" }, publicPem)],
  ["signed with HS256 under our public key as bytes", hmac({ alg: "HS256" }, publicRaw)],
  ["signed with HS256 under an empty secret", hmac({ alg: "HS256" }, "")],
  ["signed with HS256 and called EdDSA", hmac({}, publicPem)],
  ["signed with RSA", forge({ alg: "RS256" }, {}, rsa.privateKey)],
  ["signed with another key under our key's id", forge({}, {}, foreign.privateKey)],
  ["signed with a key that the header brings along", forge({ jwk: foreignJwk }, {}, foreign.privateKey)],
  ["signed with a key that the header points to", forge({ jku: "https://evil.example/jwks.json", kid: "evil" }, {}, foreign.privateKey)],
  ["signed with a certificate that the header brings along", forge({ x5c: ["MIIB"], kid: "evil" }, {}, foreign.privateKey)],
  ["without a key id", forge({ kid: undefined })],
  ["of a key that nobody has", forge({ kid: "key_2" })],
  ["of a key id that is a path", forge({ kid: "../../dev/null" })],
  ["of a key id that is SQL", forge({ kid: "' or 1=1 --" })],
  ["of a key id that is no text", forge({ kid: ["key_1"] })],
  ["of a key id that is __proto__", forge({ kid: "__proto__" })],
  ["of another issuer", forge({}, { iss: "evil" })],
  ["without an issuer", forge({}, { iss: undefined })],
  ["for another audience", forge({}, { aud: "bank" })],
  ["for other audiences", forge({}, { aud: ["bank", "blog"] })],
  ["without an audience", forge({}, { aud: undefined })],
  ["of type JWT", forge({ typ: "JWT" })],
  ["of type id token", forge({ typ: "id+jwt" })],
  ["without a type", forge({ typ: undefined })],
  ["that has expired", forge({}, { iat: seconds - 600, exp: seconds - 6 })],
  ["that never expires", forge({}, { exp: undefined })],
  ["that expires at a text", forge({}, { exp: `${seconds + 600}` })],
  ["issued before any living token", forge({}, { iat: seconds - 86_400, exp: seconds + 86_400 })],
  ["issued in the future", forge({}, { iat: seconds + 60 })],
  ["issued at no time", forge({}, { iat: undefined })],
  ["not valid yet", forge({}, { nbf: seconds + 60 })],
  ["without a subject", forge({}, { sub: undefined })],
  ["of a subject that is no text", forge({}, { sub: 1 })],
  ["without a role", forge({}, { role: undefined })],
  ["of a role that the model has not", forge({}, { role: "admin" })],
  ["of the role system", forge({}, { role: "system" })],
  ["of roles in a list", forge({}, { role: ["customer"] })],
  ["without a session", forge({}, { sid: undefined })],
  ["with an extension that must be understood", forge({ crit: ["exp2"], exp2: 1 })],
  ["with crit and b64", forge({ crit: ["b64"], b64: false })],
  ["with an empty crit", forge({ crit: [] })],
  ["with a changed claim", `${head}.${part({ ...goodClaims, sub: "usr_2" })}.${signature}`],
  ["with a changed header", `${part({ ...goodHeader, more: 1 })}.${body}.${signature}`],
  ["with a changed signature", `${head}.${body}.${flipped(signature, 10)}`],
  ["with a shortened signature", `${head}.${body}.${signature.slice(0, -4)}`],
  ["with a lengthened signature", `${genuine}AAAA`],
  ["with the signature of zeros", `${head}.${body}.${part(Buffer.alloc(64).toString("binary"))}`],
  ["in base64 with padding", `${head}=.${body}.${signature}`],
  ["in five parts", `${genuine}.${head}.${body}`],
  ["of 100 KB", forge({}, { more: "x".repeat(100_000) })],
  ["of a million dots", ".".repeat(1_000_000)],
  ["as JSON", JSON.stringify({ protected: head, payload: body, signature })],
  ["that is no JSON inside", `${part("{")}.${part("{")}.${signature}`],
  ["whose claims are a list", `${head}.${part([])}.${signature}`],
  ["that is empty", ""],
];

test("a genuine token speaks for its caller", async () => {
  expect(await tokens().verify(genuine)).toMatchObject({
    caller: { role: "customer", id: "usr_1" },
    session: "ses_1",
    expiresAtMs: (seconds + 600) * 1000,
  });
});

test("an issued token is genuine", async () => {
  const access = tokens();
  const token = await access.issue({ role: "customer", id: "usr_1" }, "ses_1");
  expect((await access.verify(token)).caller).toEqual({ role: "customer", id: "usr_1" });
});

test.each(forgeries)("a token %s is refused", async (_why, token) => {
  const access = tokens();
  await expect(access.verify(token)).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
  expect(access.recall(token, startMs)).toBeUndefined();
});

test("no change of any one character of a token leaves it valid", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(genuine.length - 1), fc.string({ minLength: 1, maxLength: 1 }), async (at, character) => {
      const changed = `${genuine.slice(0, at)}${character}${genuine.slice(at + 1)}`;
      // The last character of a part may stand for the same bytes.
      fc.pre(!sameBytes(changed, genuine));
      await expect(tokens().verify(changed)).rejects.toMatchObject({ code: "unauthenticated" });
    }),
    { numRuns: 300 },
  );
});

test("no text that is not a token breaks the verification", async () => {
  const piece = fc.oneof(fc.string(), fc.json().map(part), fc.base64String());
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 5 }), async (parts) => {
      await expect(tokens().verify(parts.join("."))).rejects.toMatchObject({ code: "unauthenticated" });
    }),
    { numRuns: 500 },
  );
});

test("a verified token is recognised until it expires, and not at that moment", async () => {
  const access = tokens();
  await access.verify(genuine);
  expect(access.recall(genuine, startMs + 599_999)).toBeDefined();
  expect(access.recall(genuine, startMs + 600_000)).toBeUndefined();
});

test("a token is recognised by its whole text only", async () => {
  const access = tokens();
  await access.verify(genuine);
  expect(access.recall(`${head}.${body}.${flipped(signature, 0)}`, startMs)).toBeUndefined();
});

test("the end of a session is noticed at the next look", async () => {
  const access = tokens();
  await access.verify(genuine);
  access.endSession("ses_1");
  expect(access.recall(genuine, startMs)).toBeUndefined();
  await expect(access.verify(genuine)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("an ended session is remembered for as long as its tokens could live, and no longer", async () => {
  const clock = { ms: startMs };
  const access = tokens(clock);
  for (let session = 0; session < 1_000; session += 1) {
    clock.ms += 10_000;
    access.endSession(`ses_${session}`);
  }
  expect(access.endedSessions).toBeLessThan(70);
});

test("a failure to read the keys is no verdict on the token", async () => {
  const failing = new AccessTokens({
    keys: { ...keys, find: () => Promise.reject(new Error("down")) },
    issuer: "shop",
    audience: "shop",
    roles: new Set(["customer"]),
    lifeMs: 600_000,
    now: () => new Date(startMs),
    rememberedMax: 10,
  });
  await expect(failing.verify(genuine)).rejects.toThrow("down");
});

function sameBytes(left: string, right: string): boolean {
  const bytes = (token: string): string =>
    token
      .split(".")
      .map((text) => Buffer.from(text, "base64url").toString("hex"))
      .join(".");
  return bytes(left) === bytes(right);
}
