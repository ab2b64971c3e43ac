import { createHmac } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { startTestParty, type TestParty } from "../integrations/test-party.ts";
import { startStripeStandIn, type StripeStandIn, type StripeStandInOptions } from "./stripe.ts";

const key = "sk_test_shop";
const started: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
});

async function start(options: Partial<StripeStandInOptions> = {}): Promise<StripeStandIn> {
  const standIn = await startStripeStandIn({ secretKey: key, webhookSecret: "whsec_shop", now: () => new Date(), ...options });
  started.push(standIn);
  return standIn;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly [name: string]: unknown };
}

/** As `curl -u key: url -d …` does. */
async function curl({ url }: StripeStandIn, path: string, form?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Basic ${btoa(`${key}:`)}`, ...headers },
    ...(form !== undefined && { method: "POST", body: new URLSearchParams(form) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer["body"] }; // Every answer is a JSON object.
}

const intents = "/v1/payment_intents";

async function newIntent(standIn: StripeStandIn): Promise<string> {
  return String((await curl(standIn, intents, "amount=1299&currency=eur&metadata[order]=ord_1")).body["id"]);
}

test("an intent has the shape of the real one, and says that it moves no money", async () => {
  const { status, body, headers } = await curl(await start(), intents, "amount=1299&currency=EUR&metadata[order]=ord_1");
  expect(status).toBe(200);
  expect(headers.get("request-id")).toMatch(/^req_/);
  expect(body).toMatchObject({
    object: "payment_intent",
    amount: 1299,
    amount_received: 0,
    currency: "eur",
    livemode: false,
    metadata: { order: "ord_1" },
    status: "requires_payment_method",
  });
  expect(body["client_secret"]).toMatch(new RegExp(`^${String(body["id"])}_secret_\\w{25}$`));
});

test.each([
  ["no key", { authorization: "" }, /did not provide an API key/],
  ["another key", { authorization: "Bearer sk_test_other_key" }, /^Invalid API Key provided: sk_test_\*\*\*$/],
])("%s is refused with 401", async (_what, headers, message) => {
  const { status, body } = await curl(await start(), intents, "amount=1299&currency=eur", headers);
  expect(status).toBe(401);
  expect(body["error"]).toMatchObject({ type: "invalid_request_error", message: expect.stringMatching(message) });
});

test.each([
  ["currency=eur", "parameter_missing", "amount"],
  ["amount=12.99&currency=eur", "parameter_invalid_integer", "amount"],
  ["amount=0&currency=eur", "parameter_invalid_integer", "amount"],
  ["amount=1299", "parameter_missing", "currency"],
  ["amount=1299&currency=eur&amont=1", "parameter_unknown", "amont"],
])("%s is refused as %s", async (form, code, param) => {
  const { status, body } = await curl(await start(), intents, form);
  expect(status).toBe(400);
  expect(body["error"]).toMatchObject({ type: "invalid_request_error", code, param });
});

test("one key is one intent: the same request is answered the same, another is refused", async () => {
  const standIn = await start();
  const headers = { "idempotency-key": "k1" };
  const first = await curl(standIn, intents, "amount=1299&currency=eur", headers);
  const again = await curl(standIn, intents, "currency=eur&amount=1299", headers);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  const other = await curl(standIn, intents, "amount=1300&currency=eur", headers);
  expect([other.status, other.body["error"]]).toMatchObject([400, { type: "idempotency_error" }]);
  expect((await curl(standIn, intents)).body["data"]).toHaveLength(1);
});

test("a request that was refused for its parameters may be mended under its key", async () => {
  const standIn = await start();
  const headers = { "idempotency-key": "k1" };
  expect((await curl(standIn, intents, "amount=x&currency=eur", headers)).status).toBe(400);
  expect((await curl(standIn, intents, "amount=1299&currency=eur", headers)).status).toBe(200);
});

test("to confirm takes a payment method, and happens once", async () => {
  const standIn = await start();
  const id = await newIntent(standIn);
  const confirm = (form: string): Promise<Answer> => curl(standIn, `${intents}/${id}/confirm`, form);
  expect((await confirm("")).body["error"]).toMatchObject({
    code: "payment_intent_unexpected_state",
    message: expect.stringContaining("pm_card_visa"),
  });
  const declined = await confirm("payment_method=pm_card_chargeDeclined");
  expect([declined.status, declined.body["error"]]).toMatchObject([402, { type: "card_error", code: "card_declined" }]);
  expect((await confirm("payment_method=pm_card_visa")).body).toMatchObject({ status: "succeeded", amount_received: 1299 });
  expect((await confirm("payment_method=pm_card_visa")).status).toBe(400);
  expect((await curl(standIn, `${intents}/${id}`)).body).toMatchObject({ status: "succeeded" });
});

test("what is open can be cancelled, what is paid cannot", async () => {
  const standIn = await start();
  const id = await newIntent(standIn);
  const cancelled = await curl(standIn, `${intents}/${id}/cancel`, "cancellation_reason=duplicate");
  expect(cancelled.body).toMatchObject({ status: "canceled", cancellation_reason: "duplicate" });
  expect((await curl(standIn, `${intents}/${id}/cancel`, "")).status).toBe(400);
});

test("no more is refunded than was paid", async () => {
  const standIn = await start();
  const id = await newIntent(standIn);
  const refund = (form: string): Promise<Answer> => curl(standIn, "/v1/refunds", `payment_intent=${id}${form}`);
  expect((await refund("")).status).toBe(400);
  await curl(standIn, `${intents}/${id}/confirm`, "payment_method=pm_card_visa");
  const first = await refund("&amount=299&metadata[order]=ord_1");
  expect(first.body).toMatchObject({
    object: "refund",
    amount: 299,
    payment_intent: id,
    status: "succeeded",
    metadata: { order: "ord_1" },
  });
  expect((await curl(standIn, `/v1/refunds/${String(first.body["id"])}`)).body).toEqual(first.body);
  expect((await refund("&amount=1001")).status).toBe(400);
  expect((await refund("")).body).toMatchObject({ amount: 1000 });
  expect((await refund("")).body["error"]).toMatchObject({ code: "charge_already_refunded" });
});

test("what is not there is said in Stripe's words", async () => {
  const standIn = await start();
  const missing = await curl(standIn, `${intents}/pi_none`);
  expect([missing.status, missing.body["error"]]).toMatchObject([
    404,
    { code: "resource_missing", message: "No such payment_intent: 'pi_none'" },
  ]);
  expect((await curl(standIn, "/v1/customers", "")).status).toBe(404);
});

interface Delivered {
  readonly body: string;
  readonly signature: string;
}

async function listen(refusals = 0): Promise<TestParty & { readonly delivered: Delivered[] }> {
  const delivered: Delivered[] = [];
  const party = await startTestParty((request, response, ordinal) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      if (ordinal > refusals) delivered.push({ body, signature: String(request.headers["stripe-signature"]) });
      response.writeHead(ordinal > refusals ? 204 : 500).end();
    });
  });
  started.push(party);
  return { ...party, delivered };
}

test("events are signed over their bytes, and tell of what has happened", async () => {
  const { url, delivered } = await listen();
  const standIn = await start({ webhookUrl: () => url, now: () => new Date("2026-01-31T09:30:00Z") });
  const id = await newIntent(standIn);
  await curl(standIn, `${intents}/${id}/confirm`, "payment_method=pm_card_visa");
  await expect.poll(() => delivered.length).toBe(2);
  for (const { body, signature } of delivered) {
    const t = Date.parse("2026-01-31T09:30:00Z") / 1_000;
    expect(signature).toBe(`t=${t},v1=${createHmac("sha256", "whsec_shop").update(`${t}.${body}`).digest("hex")}`);
  }
  const events = delivered.map(({ body }) => JSON.parse(body) as { type: string }); // What the stand-in has written.
  expect(events.find(({ type }) => type === "payment_intent.succeeded")).toMatchObject({
    id: expect.stringMatching(/^evt_/),
    object: "event",
    livemode: false,
    data: { object: { id, status: "succeeded", amount_received: 1299, metadata: { order: "ord_1" } } },
  });
});

test("an event that is refused is sent again", async () => {
  const { url, delivered, requests } = await listen(2);
  await newIntent(await start({ webhookUrl: url }));
  await expect.poll(() => delivered.length, { timeout: 4_000 }).toBe(1);
  expect(requests).toHaveLength(3);
});

test("failures are made on demand, before anything is done", async () => {
  const standIn = await start();
  standIn.failNext(1, 429, { "retry-after": "7" });
  const failed = await curl(standIn, intents, "amount=1299&currency=eur");
  expect([failed.status, failed.headers.get("retry-after"), failed.body["error"]]).toMatchObject([429, "7", { code: "rate_limit" }]);
  expect((await curl(standIn, intents)).body["data"]).toEqual([]);
});

test("answers are lost on demand, after everything is done", async () => {
  const standIn = await start();
  standIn.loseNext(1);
  await expect(curl(standIn, intents, "amount=1299&currency=eur")).rejects.toThrow("fetch failed");
  expect((await curl(standIn, intents)).body["data"]).toHaveLength(1);
});

test("it closes although somebody waits and events are under way", async () => {
  const standIn = await startStripeStandIn({
    webhookUrl: "http://127.0.0.1:9",
    secretKey: key,
    webhookSecret: "whsec_shop",
    now: () => new Date(),
  });
  await newIntent(standIn);
  standIn.slowBy(60_000);
  const waiting = curl(standIn, intents).catch(() => "broken off");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await standIn.close();
  expect(await waiting).toBe("broken off");
});
