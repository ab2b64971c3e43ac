import { assemble } from "@archwright/model";
import { context, integration, system, t } from "@archwright/model/language";
import { describe, expect, test } from "vitest";
import { ProblemError } from "../problem.ts";
import { ids, testApp } from "./test-app.ts";

const tokens = { accessToken: "access", expiresInSeconds: 600, refreshToken: "refresh", role: "customer", actor: ids.user };
const credentials = { email: "ada@example.com", password: "correct horse battery" };
const post = (url: string, payload: object) => ({ method: "POST", url, payload }) as const;

describe("the routes of accounts", () => {
  test("sign up with the actor's fields, and answer tokens that nobody stores", async () => {
    const response = await testApp().ask(post("/auth/sign-up", { ...credentials, name: "Ada" }));
    expect([response.statusCode, response.json(), response.headers["cache-control"]]).toEqual([201, tokens, "no-store"]);
  });

  test("say which of the actor's fields are missing", async () => {
    expect((await testApp().ask(post("/auth/sign-up", credentials))).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: "/name", detail: "is missing: it must be text of at most 40 characters" }],
    });
  });

  test.each([
    ["too short", "short"],
    ["too long", "x".repeat(129)],
  ])("refuse a password that is %s", async (_what, password) => {
    expect((await testApp().ask(post("/auth/sign-up", { ...credentials, name: "Ada", password }))).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: "/password" }],
    });
  });

  test("refuse a role that is not for signing up", async () => {
    expect((await testApp().ask(post("/auth/sign-up", { ...credentials, name: "Ada", role: "staff" }))).json()).toMatchObject({
      errors: [{ pointer: "/role", detail: 'must be one of "customer"' }],
    });
  });

  test("sign in, refresh and sign out", async () => {
    const { ask } = testApp();
    expect((await ask(post("/auth/sign-in", credentials))).json()).toEqual(tokens);
    expect((await ask(post("/auth/refresh", { refreshToken: "refresh" }))).json()).toEqual(tokens);
    expect((await ask(post("/auth/sign-out", { refreshToken: "refresh" }))).statusCode).toBe(204);
  });

  test("publish the keys that tokens are verified with", async () => {
    const response = await testApp().ask("/.well-known/jwks.json");
    expect([response.json(), response.headers["cache-control"]]).toEqual([{ keys: [] }, "public, max-age=60"]);
  });

  test("are not there in a model without roles", async () => {
    const notes = context("notes");
    notes.entity("Note", { id: t.id("nte"), text: t.text() });
    const { model } = assemble(system("hello", { contexts: [notes] }));
    expect((await testApp({ model }).ask(post("/auth/sign-in", credentials))).statusCode).toBe(404);
  });
});

describe("webhooks", () => {
  const stripe = integration("stripe", {
    calls: {},
    webhooks: { "payment.done": { amount: t.int() } },
    verify: "signature",
    onFailure: { retries: 0, then: "fail" },
  });
  const payments = context("payments");
  const done = payments.command("done", { allow: "system", input: { amount: t.int() }, handle: async () => undefined });
  payments.on(stripe.webhooks["payment.done"], done);
  const { model } = assemble(system("payments", { contexts: [payments] }));
  const body = '{ "amount":  1 }\n';

  test("get the bytes as they came, whatever they are called", async () => {
    const received: unknown[] = [];
    const { ask } = testApp({
      model,
      webhooks: { receive: async (...given) => ({ status: 200, body: { outcome: `${received.push(given)}` } }) },
    });
    for (const type of ["application/json", "text/plain", "application/x-anything; charset=utf-16"]) {
      expect(
        (await ask({ method: "POST", url: "/webhooks/stripe", headers: { "content-type": type, "stripe-signature": "s" }, payload: body }))
          .statusCode,
      ).toBe(200);
    }
    expect(received).toHaveLength(3);
    expect(received[0]).toEqual(["stripe", Buffer.from(body), expect.objectContaining({ "stripe-signature": "s" })]);
  });

  test("that are not the integration's own end in a problem", async () => {
    const receive = async () => {
      throw new ProblemError("unauthenticated", 401, { detail: "The signature does not fit." });
    };
    const { ask } = testApp({ model, webhooks: { receive } });
    expect((await ask({ method: "POST", url: "/webhooks/stripe", payload: body })).json()).toMatchObject({
      status: 401,
      detail: "The signature does not fit.",
    });
  });

  test("of nobody we know are not found", async () => {
    const { ask } = testApp({ model, webhooks: { receive: async () => ({ status: 200 }) } });
    expect((await ask({ method: "POST", url: "/webhooks/paypal", payload: body })).statusCode).toBe(404);
  });
});

describe("health", () => {
  test("is live without a look at anything else", async () => {
    const { ask } = testApp({ ready: () => Promise.reject(new Error("down")) });
    expect((await ask("/health/live")).json()).toEqual({ status: "live" });
  });

  test("is ready when the database answers, and asks it once a second at most", async () => {
    let [questions, nowMs] = [0, 0];
    const ready = async () => void (questions += 1);
    const { ask } = testApp({ ready, now: () => new Date(nowMs) });
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask("/health/ready")));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(questions).toBe(1);
    nowMs += 1_000;
    await ask("/health/ready");
    expect(questions).toBe(2);
  });

  test("is not ready when the database does not answer", async () => {
    const { ask } = testApp({ ready: () => Promise.reject(new ProblemError("unavailable", 503)) });
    expect((await ask("/health/ready")).statusCode).toBe(503);
  });
});

describe("documents", () => {
  test("are the contract and a page to read it, with files of this server alone", async () => {
    const { ask } = testApp();
    expect((await ask("/openapi.json")).json()).toEqual({ openapi: "3.1.0" });
    const page = await ask("/docs");
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = ""]) => link);
    const statuses = await Promise.all(links.map(async (link) => (await ask(link)).statusCode));
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(page.headers["content-security-policy"]).not.toContain("unsafe");
  });

  test("come compressed to those who can read that", async () => {
    const { ask } = testApp();
    const [plain, small] = [
      await ask("/docs/swagger-ui.css"),
      await ask({ url: "/docs/swagger-ui.css", headers: { "accept-encoding": "gzip, br" } }),
    ];
    expect(small.headers["content-encoding"]).toBe("gzip");
    expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  });

  test("that a reader has already are not sent again", async () => {
    const { ask } = testApp();
    const { etag = "" } = (await ask("/openapi.json")).headers;
    expect((await ask({ url: "/openapi.json", headers: { "if-none-match": etag } })).statusCode).toBe(304);
  });

  test("of one's own may use the styles and scripts that stand in them, and nothing else", async () => {
    const html = "<style>p{color:red}</style><script>1+1</script><p>Findings";
    const page = await testApp({ pages: [{ path: "/findings", html }] }).ask("/findings");
    expect(page.body).toBe(html);
    expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/);
  });
});

describe("other origins", () => {
  const from = (origin: string) => ({ url: "/search?words=x", headers: { origin } });
  const asking = {
    method: "OPTIONS",
    url: "/orders",
    headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
  } as const;
  const open = (corsOrigins: readonly string[]) =>
    testApp({ settings: { corsOrigins }, answer: () => ({ status: 200, body: { items: [], next: null } }) });

  test("may not read anything by default", async () => {
    const { ask } = open([]);
    expect((await ask(from("https://shop.example"))).headers).not.toHaveProperty("access-control-allow-origin");
    expect((await ask(asking)).headers).not.toHaveProperty("access-control-allow-methods");
  });

  test("may where they are named, and only they", async () => {
    const { ask } = open(["https://shop.example"]);
    expect((await ask(from("https://shop.example"))).headers).toMatchObject({
      "access-control-allow-origin": "https://shop.example",
      vary: "Origin",
    });
    expect((await ask(from("https://evil.example"))).headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("ask first, and hear what they may send", async () => {
    const response = await open(["https://shop.example"]).ask(asking);
    expect([response.statusCode, response.headers["access-control-allow-headers"]]).toEqual([
      204,
      expect.stringContaining("Idempotency-Key"),
    ]);
  });

  test("can read why they were refused", async () => {
    const response = await open(["https://shop.example"]).ask({
      method: "POST",
      url: "/orders",
      headers: { origin: "https://shop.example" },
    });
    expect([response.statusCode, response.headers["access-control-allow-origin"]]).toEqual([401, "https://shop.example"]);
  });
});

test("a server that is reached over TLS says that it always is", async () => {
  const { ask } = testApp({ settings: { publicUrl: "https://api.example" } });
  expect((await ask("/health/live")).headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
});
