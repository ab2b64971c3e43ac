import { randomUUID } from "node:crypto";
import { emitOpenApi } from "@archwright/compiler";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import shop from "../../examples/shop/system.ts";
import { createEntityTables } from "../../packages/runtime/src/execution/entity-table.ts";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import { createApp, type App } from "../../packages/runtime/src/http/app.ts";
import { createAccount } from "../../packages/runtime/src/identity/administration.ts";
import { createIdentity } from "../../packages/runtime/src/identity/identity.ts";
import { createLogger } from "../../packages/runtime/src/observability/logger.ts";
import { runModel, type RunningModel } from "./running-model.ts";

const password = "correct horse battery";
const [tea, cup] = [newId("prd"), newId("prd")];
let backend: RunningModel;
let app: App;
let logged = "";
let [ada, bob, staff] = ["", "", ""];

beforeAll(async () => {
  backend = await runModel(shop);
  const { model, pool, secrets, executor, lookup, adminPool } = backend;
  await backend.seed({
    "catalog.Product": [
      { id: tea, name: "Green tea", price: { amount: 1290, currency: "EUR" }, stock: 100 },
      { id: cup, name: "Cup", price: { amount: 1850, currency: "EUR" }, stock: 1 },
    ],
  });
  const tables = createEntityTables(lookup, model, secrets);
  const logger = createLogger({ level: "info", format: "json", write: (text) => (logged += text), now: () => new Date() });
  const identity = await createIdentity({ model, pool, tables, secrets, log: logger });
  app = createApp({
    model,
    executor,
    identity,
    logger,
    openapi: emitOpenApi(model, { hash: "test" }),
    ready: (timeoutMs) => pool.ping(timeoutMs),
    settings: { rateLimits: "off" },
  });
  await createAccount({ model, adminPool, tables }, { role: "staff", email: "staff@example.com", password, actor: { name: "Sam" } });
  [ada, bob] = [await signUp("ada"), await signUp("bob")];
  staff = await signIn("staff@example.com");
}, 60_000);
afterAll(async () => {
  await app.close(1_000);
  await backend.close();
});

const ask = (request: InjectOptions | string) => app.fastify.inject(request);
const as = (token: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more });

async function signUp(name: string): Promise<string> {
  const response = await ask({ method: "POST", url: "/auth/sign-up", payload: { email: `${name}@example.com`, password, name } });
  return response.json<{ accessToken: string }>().accessToken;
}

async function signIn(email: string): Promise<string> {
  return (await ask({ method: "POST", url: "/auth/sign-in", payload: { email, password } })).json<{ accessToken: string }>().accessToken;
}

const place = (token: string, product: string, key: string = randomUUID(), quantity = 1) =>
  ask({ method: "POST", url: "/orders", headers: as(token, { "idempotency-key": key }), payload: { items: [{ product, quantity }] } });

describe("a customer", () => {
  test("finds products, orders one, and reads the order", async () => {
    expect((await ask("/products?words=tea")).json()).toMatchObject({
      items: [{ id: tea, price: { amount: 1290, currency: "EUR" } }],
      next: null,
    });
    const placed = await place(ada, tea);
    expect([placed.statusCode, placed.json()]).toEqual([
      201,
      expect.objectContaining({ status: "pending", total: { amount: 1290, currency: "EUR" } }),
    ]);
    expect((await ask({ url: `/orders/${placed.json().id}`, headers: as(ada) })).json()).toEqual(placed.json());
  });

  test("who repeats an order with its key gets the same answer", async () => {
    const key = randomUUID();
    const [first, again] = [await place(ada, tea, key), await place(ada, tea, key)];
    expect([again.json(), again.headers["idempotency-replayed"], first.headers["idempotency-replayed"]]).toEqual([
      first.json(),
      "true",
      undefined,
    ]);
    expect((await place(ada, tea, key, 2)).json()).toMatchObject({ status: 422, code: "key-reused" });
  });

  test("who orders more than there is reads why, and again when he repeats it", async () => {
    const key = randomUUID();
    expect((await place(ada, cup, key, 50)).json()).toMatchObject({
      type: "/problems/OutOfStock",
      title: "Out of stock",
      status: 409,
      code: "OutOfStock",
    });
    expect((await place(ada, cup, key, 50)).headers["idempotency-replayed"]).toBe("true");
  });

  test("sees no order of another", async () => {
    const { id } = (await place(ada, tea)).json<{ id: string }>();
    expect((await ask({ url: `/orders/${id}`, headers: as(bob) })).json()).toMatchObject({ status: 404, code: "not-found" });
    const listed = (await ask({ url: "/orders?limit=100", headers: as(bob) })).json<{ items: { id: string }[] }>();
    expect(listed.items.map((order) => order.id)).not.toContain(id);
  });

  test("pages through his orders by following the links", async () => {
    for (let count = 0; count < 3; count += 1) await place(bob, tea);
    const seen: string[] = [];
    let url: string | undefined = "/orders?limit=1";
    while (url !== undefined) {
      const response = await ask({ url, headers: as(bob) });
      seen.push(...response.json<{ items: { id: string }[] }>().items.map(({ id }) => id));
      url = /<([^>]+)>; rel="next"/.exec(String(response.headers["link"]))?.[1];
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  test("may not make products, and staff may", async () => {
    const product = { name: "Pot", price: { amount: 4900, currency: "EUR" }, stock: 3 };
    const make = (token: string) => ask({ method: "POST", url: "/products", headers: as(token), payload: product });
    expect((await make(ada)).json()).toMatchObject({ status: 403, code: "forbidden" });
    const made = await make(staff);
    expect([made.statusCode, made.json(), made.headers["location"]]).toEqual([
      201,
      { id: expect.any(String), ...product },
      `/products/${made.json().id}`,
    ]);
  });
});

test("fifty who sign up at once with one email become one", async () => {
  const attempt = () => ask({ method: "POST", url: "/auth/sign-up", payload: { email: "eve@example.com", password, name: "Eve" } });
  const statuses = (await Promise.all(Array.from({ length: 50 }, attempt))).map(({ statusCode }) => statusCode);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(49);
}, 30_000);

test("nothing that is sent makes the server fail: every answer is one of the contract's", async () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("a\u0301", "%", "_", "\\", "'", '"', "\u{1F375}", "x".repeat(200), " "),
  );
  const id = fc.oneof(fc.constantFrom(tea, cup, newId("prd"), newId("ord"), "prd_1"), text);
  const number = fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1)));
  const price = fc.record({ amount: number, currency: fc.constantFrom("EUR", "USD") });
  const body = fc.oneof(
    fc.record({ name: text, price, stock: number }, { requiredKeys: [] }),
    fc.record({ items: fc.array(fc.record({ product: id, quantity: number }), { maxLength: 3 }) }),
    fc.record({ email: fc.oneof(fc.emailAddress(), text), password: text, name: text, refreshToken: text }, { requiredKeys: [] }),
    fc.jsonValue(),
  );
  const url = fc.oneof(
    fc.constantFrom(
      "/products",
      `/products/${tea}`,
      "/orders",
      "/orders/x/cancel",
      "/users/x",
      "/auth/sign-up",
      "/auth/sign-in",
      "/auth/refresh",
      "/auth/sign-out",
    ),
    fc
      .tuple(fc.constantFrom("/products", "/orders"), fc.constantFrom("words", "after", "sort", "limit", "status", "buyer"), text)
      .map(([path, name, value]) => `${path}?${name}=${encodeURIComponent(value)}`),
    id.map((value) => `/orders/${encodeURIComponent(value)}`),
  );
  const who = fc.constantFrom("ada", "staff", "nobody");
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET" as const, "POST" as const, "PATCH" as const, "DELETE" as const),
      url,
      who,
      fc.option(body),
      async (method, address, name, payload) => {
        const headers = {
          "idempotency-key": randomUUID(),
          "content-type": "application/json",
          ...(name !== "nobody" && as(name === "ada" ? ada : staff)),
        };
        const response = await ask({
          method,
          url: address,
          headers,
          ...(payload !== null && { payload: JSON.stringify(payload) }),
        });
        expect(response).toSatisfy(isOfTheContract);
      },
    ),
    { numRuns: 600 },
  );
}, 120_000);

/** An answer, or a problem document that is the caller's. */
function isOfTheContract({ statusCode, headers }: LightMyRequestResponse): boolean {
  return statusCode < 400 || (statusCode < 500 && headers["content-type"] === "application/problem+json");
}

test("the log of all this names no email, no password and no token", () => {
  expect(logged).toContain('"message":"request"');
  expect(logged).not.toMatch(/@example\.com|correct horse|eyJ/);
});
