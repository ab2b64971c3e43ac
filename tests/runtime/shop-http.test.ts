import { afterAll, beforeAll, expect, test } from "vitest";
import shop from "../../examples/shop/system.ts";
import { startStripeStandIn, type StripeStandIn } from "../../packages/runtime/src/standins/stripe.ts";
import { serveModel, type Client, type JsonObject, type Serving } from "./serving.ts";

const stripeKey = "sk_test_shop";
const webhookSecret = "whsec_c2hvcA==";
let serving: Serving;
let stripe: StripeStandIn;
let anna: Client;
let bert: Client;
let staff: Client;
let tea: string;

beforeAll(async () => {
  stripe = await startStripeStandIn({
    webhookUrl: () => `${serving.server.url}/webhooks/stripe`,
    secretKey: stripeKey,
    webhookSecret,
    now: () => new Date(),
  });
  serving = await serveModel(shop, { integrations: { stripe: { url: stripe.url, key: stripeKey, webhookSecrets: [webhookSecret] } } });
  staff = await serving.account("staff", "staff@shop.example");
  anna = await signUp("anna@example.com", "Anna");
  bert = await signUp("bert@example.com", "Bert");
  const { body } = await staff.send("POST", "/products", { name: "Green tea", price: { amount: 1290, currency: "EUR" }, stock: 100 });
  tea = String(body["id"]);
}, 60_000);
afterAll(async () => {
  await serving.close();
  await stripe.close();
});

async function signUp(email: string, name: string): Promise<Client> {
  const { body } = await serving.client().send("POST", "/auth/sign-up", { email, name, password: "correct horse battery" });
  return serving.client(String(body["accessToken"]));
}

const placeOrder = (client: Client, key: string, quantity = 2): ReturnType<Client["send"]> =>
  client.send("POST", "/orders", { items: [{ product: tea, quantity }] }, { "idempotency-key": key });

test("anybody searches products, page by page", async () => {
  const { status, body } = await serving.client().get("/products?words=TEA&limit=1");
  expect(status).toBe(200);
  expect(body).toMatchObject({ items: [{ id: tea, name: "Green tea", price: { amount: 1290, currency: "EUR" } }], next: null });
});

test("an order is placed once for its key, whatever is repeated", async () => {
  const first = await placeOrder(anna, "key-1");
  const again = await placeOrder(anna, "key-1");
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(first.body).toMatchObject({ status: "pending", total: { amount: 2580, currency: "EUR" } });
});

test("what breaks a rule is a problem document", async () => {
  const missing = await anna.send("POST", "/orders", { items: [{ product: tea, quantity: 1 }] });
  expect(missing).toMatchObject({ status: 400, body: { code: "idempotency-key-missing", status: 400 } });
  expect(missing.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  const tooMany = await placeOrder(anna, "key-2", 1_000);
  expect(tooMany).toMatchObject({ status: 409, body: { code: "OutOfStock" } });
  const wrong = await anna.send("POST", "/orders", { items: [{ product: tea, quantity: 0 }] }, { "idempotency-key": "key-3" });
  expect(wrong).toMatchObject({ status: 400, body: { code: "invalid-input" } });
});

test("an order is read and cancelled by its buyer, read by staff, and unknown to another customer", async () => {
  const { body } = await placeOrder(anna, "key-4");
  const path = `/orders/${String(body["id"])}`;
  expect((await anna.get(path)).body).toEqual(body);
  expect((await staff.get(path)).status).toBe(200);
  expect((await bert.get(path)).status).toBe(404);
  expect((await bert.send("POST", `${path}/cancel`)).status).toBe(404);
  expect((await anna.send("POST", `${path}/cancel`)).body).toMatchObject({ status: "cancelled" });
  expect(await anna.send("POST", `${path}/cancel`)).toMatchObject({ status: 409, body: { code: "TooLate" } });
});

test("a list shows each customer his own orders, and staff all of them", async () => {
  await placeOrder(anna, "key-5");
  await placeOrder(bert, "key-6");
  const buyers = async (client: Client): Promise<number> =>
    new Set(((await client.get("/orders?limit=100")).body.items ?? []).map((order: JsonObject) => order["buyer"])).size;
  expect([await buyers(anna), await buyers(bert), await buyers(staff)]).toEqual([1, 1, 2]);
});

test("a page says where the next one is", async () => {
  await placeOrder(anna, "key-7");
  await placeOrder(anna, "key-8");
  const first = await anna.get("/orders?limit=1");
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  const second = await anna.get(next.replace(serving.server.url, ""));
  expect(second.status).toBe(200);
  expect(second.body.items?.[0]?.["id"]).not.toBe(first.body.items?.[0]?.["id"]);
});

test("staff stock the shelves, customers do not", async () => {
  expect((await staff.send("PATCH", `/products/${tea}`, { stock: 200 })).body).toMatchObject({ stock: 200 });
  expect((await anna.send("PATCH", `/products/${tea}`, { stock: 1 })).status).toBe(403);
  expect((await serving.client().send("PATCH", `/products/${tea}`, { stock: 1 })).status).toBe(401);
});

test("nothing can be set past its lifecycle or its contract", async () => {
  const { body } = await placeOrder(anna, "key-9");
  expect((await staff.send("PATCH", `/orders/${String(body["id"])}`, { status: "paid" })).status).toBe(405);
  expect((await staff.send("POST", "/products", { name: "x", price: { amount: -1, currency: "EUR" }, stock: 1 })).status).toBe(400);
  expect((await staff.send("POST", "/products", { id: tea, name: "x", price: { amount: 1, currency: "EUR" }, stock: 1 })).status).toBe(400);
});

test("operations of the system have no address", async () => {
  expect((await staff.send("POST", "/catalog/reserve-stock", { items: [] })).status).toBe(404);
  expect([404, 405]).toContain((await staff.send("POST", "/orders/mark-paid", { order: "x" })).status);
});

test("the backend tells how it is, and what it can do", async () => {
  expect((await serving.client().get("/health/live")).status).toBe(200);
  expect((await serving.client().get("/health/ready")).status).toBe(200);
  expect((await serving.client().get("/openapi.json")).body).toMatchObject({ openapi: "3.1.0" });
});

test("a payment is started once, confirmed at Stripe, and makes the order paid", async () => {
  const { body: order } = await placeOrder(anna, "key-10");
  const path = `/orders/${String(order["id"])}`;
  const started = await anna.send("POST", `${path}/payment`, undefined, { "idempotency-key": "pay-1" });
  expect(started.status).toBe(200);
  const intent = String(started.body["clientSecret"]).split("_secret")[0] ?? "";
  expect((await anna.send("POST", `${path}/payment`, undefined, { "idempotency-key": "pay-1" })).body).toEqual(started.body);
  expect(await anna.send("POST", `${path}/payment`, undefined, { "idempotency-key": "pay-2" })).toMatchObject({
    status: 409,
    body: { code: "AlreadyStarted" },
  });
  expect((await bert.send("POST", `${path}/payment`, undefined, { "idempotency-key": "pay-3" })).status).toBe(404);
  await fetch(`${stripe.url}/v1/payment_intents/${intent}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${stripeKey}` },
    body: new URLSearchParams({ payment_method: "pm_card_visa" }),
  });
  await expect.poll(async () => (await anna.get(path)).body["status"], { timeout: 5_000 }).toBe("paid");
});

test("a webhook that Stripe has not signed changes nothing", async () => {
  const { body: order } = await placeOrder(anna, "key-11");
  const event = {
    id: "evt_forged",
    type: "payment_intent.succeeded",
    data: { object: { amount_received: 2580, currency: "eur", metadata: { order: order["id"] } } },
  };
  const { status } = await serving
    .client()
    .send("POST", "/webhooks/stripe", event, { "stripe-signature": `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}` });
  expect([400, 401]).toContain(status);
  expect((await anna.get(`/orders/${String(order["id"])}`)).body["status"]).toBe("pending");
});
