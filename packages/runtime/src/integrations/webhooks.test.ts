import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createPool, type Pool } from "../database/pool.ts";
import { testDatabase, type TestDatabase } from "../database/test-database.ts";
import { createOutbox } from "../events/outbox.ts";
import { ProblemError } from "../problem.ts";
import { startStripeStandIn } from "../standins/stripe.ts";
import { createIntegrations, type Integrations } from "./integrations.ts";
import { startTestParty } from "./test-party.ts";
import { carrier, rowId, shop, type TestSystem } from "./test-systems.ts";

const tables = [
  "create schema archwright",
  "create table archwright.inbox (integration text, external_id text, received_at timestamptz not null default now(), primary key (integration, external_id))",
  "create table archwright.outbox (id text primary key, event text not null, payload jsonb not null, caller text, occurred_at timestamptz not null)",
  `create table archwright.delivery (id bigint generated always as identity primary key,
    outbox_id text not null references archwright.outbox on delete cascade, reaction text not null, state text not null default 'waiting')`,
];

let database: TestDatabase;
let pool: Pool;
const order = rowId("ord");
const nowMs = Date.parse("2026-01-31T09:30:00Z");
const secrets = ["whsec_old", "whsec_new"];

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({
    url: database.adminUrl,
    max: 12,
    applicationName: "webhooks test",
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 5_000,
    idleTimeoutMs: 10_000,
    onError: () => undefined,
  });
  await pool.read(tables.map((text) => ({ text })));
  integrations = connect(shop());
});

beforeEach(async () => {
  await pool.read([{ text: "truncate archwright.inbox, archwright.outbox, archwright.delivery" }]);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

function connect({ model, lookup }: TestSystem, now = (): Date => new Date(nowMs)): Integrations {
  const settings = { stripe: { webhookSecrets: secrets }, parcelCarrier: { webhookSecrets: ["a-token-of-the-carrier"] } };
  return createIntegrations({ model, lookup, settings, pool, outbox: createOutbox(model), now, random: Math.random });
}

let integrations: Integrations;

const object = { id: "pi_1", object: "payment_intent", amount: 1299, amount_received: 1299, currency: "eur", metadata: { order } };

interface Sent {
  readonly id?: string;
  readonly type?: string;
  readonly object?: object;
  readonly at?: number;
  readonly secret?: string;
}

function send({
  id = "evt_1",
  type = "payment_intent.succeeded",
  object: about = object,
  at = nowMs,
  secret = "whsec_new",
}: Sent = {}): Promise<unknown> {
  const body = JSON.stringify({ id, object: "event", type, data: { object: about } });
  const t = Math.floor(at / 1_000);
  const signature = createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
  return integrations.receive("stripe", Buffer.from(body), { "stripe-signature": `t=${t},v1=${signature}` });
}

async function rows(): Promise<Record<string, readonly unknown[]>> {
  const [inbox, outbox, delivery] = await pool.read([
    { text: "select integration, external_id from archwright.inbox order by external_id" },
    { text: "select event, payload, caller, occurred_at from archwright.outbox" },
    { text: "select reaction, state from archwright.delivery" },
  ]);
  return { inbox: inbox?.rows ?? [], outbox: outbox?.rows ?? [], delivery: delivery?.rows ?? [] };
}

async function assertRefused(work: Promise<unknown>, expected: object): Promise<ProblemError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error("It was not refused.", { cause: error });
  expect(error).toMatchObject(expected);
  expect(await rows(), "nothing is written").toEqual({ inbox: [], outbox: [], delivery: [] });
  return error;
}

test("an event is written once, with a delivery for its reaction", async () => {
  expect(await send()).toEqual({ status: 200, body: { outcome: "accepted" } });
  expect(await rows()).toEqual({
    inbox: [{ integration: "stripe", external_id: "evt_1" }],
    outbox: [
      {
        event: "stripe.payment_intent.succeeded",
        payload: { order, amount: { amount: 1299, currency: "EUR" } },
        caller: null,
        occurred_at: new Date(nowMs),
      },
    ],
    delivery: [{ reaction: expect.stringContaining("markPaid"), state: "waiting" }],
  });
});

test("ten deliveries of one event at the same time have one effect", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => send()));
  const outcomes = answers.map((answer) => JSON.stringify(answer)).toSorted();
  expect(outcomes[0]).toBe(JSON.stringify({ status: 200, body: { outcome: "accepted" } }));
  expect(new Set(outcomes.slice(1))).toEqual(new Set([JSON.stringify({ status: 200, body: { outcome: "duplicate" } })]));
  const { inbox, outbox, delivery } = await rows();
  expect([inbox?.length, outbox?.length, delivery?.length]).toEqual([1, 1, 1]);
});

test("a delivery whose transaction fails leaves nothing, so that the next one has its effect", async () => {
  const { model, lookup } = shop();
  const failing = createIntegrations({
    model,
    lookup,
    settings: { stripe: { webhookSecrets: secrets } },
    pool,
    outbox: () => [{ text: "select 1 / 0" }],
    now: () => new Date(nowMs),
    random: Math.random,
  });
  const body = JSON.stringify({ id: "evt_1", type: "payment_intent.succeeded", data: { object } });
  const mac = createHmac("sha256", "whsec_old")
    .update(`${nowMs / 1_000}.${body}`)
    .digest("hex");
  await expect(failing.receive("stripe", Buffer.from(body), { "stripe-signature": `t=${nowMs / 1_000},v1=${mac}` })).rejects.toThrow(
    "division by zero",
  );
  expect(await rows()).toEqual({ inbox: [], outbox: [], delivery: [] });
  expect(await send()).toMatchObject({ body: { outcome: "accepted" } });
});

test("both secrets are taken while one takes the place of the other", async () => {
  expect(await send({ id: "evt_1", secret: "whsec_old" })).toMatchObject({ body: { outcome: "accepted" } });
  expect(await send({ id: "evt_2", secret: "whsec_new" })).toMatchObject({ body: { outcome: "accepted" } });
  await expect(send({ id: "evt_3", secret: "whsec_other" })).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
});

test("what is forged, old, of the future or unsigned is refused, and nothing is written", async () => {
  await assertRefused(send({ secret: "whsec_forged" }), { code: "unauthenticated", status: 401 });
  await assertRefused(send({ at: nowMs - 301_000 }), { code: "unauthenticated" });
  await assertRefused(send({ at: nowMs + 301_000 }), { code: "unauthenticated" });
  await assertRefused(integrations.receive("stripe", Buffer.from("{}"), {}), { code: "unauthenticated" });
});

test("an event that the model does not declare is taken and ignored", async () => {
  expect(await send({ type: "customer.created" })).toEqual({ status: 200, body: { outcome: "ignored" } });
  expect(await send({ type: "constructor" })).toEqual({ status: 200, body: { outcome: "ignored" } });
  expect(await rows()).toEqual({ inbox: [], outbox: [], delivery: [] });
});

test.each([
  ["another currency", { ...object, currency: "usd" }, "amount.currency"],
  ["no metadata", { ...object, metadata: {} }, "order"],
  ["an id of another entity", { ...object, metadata: { order: rowId("usr") } }, "order"],
  ["an amount with a fraction", { ...object, amount_received: 0.5 }, "amount.amount"],
  ["no object at all", {}, "order"],
])("an event with %s is refused with the place, and nothing is written", async (_what, about, path) => {
  const { fields } = await assertRefused(send({ object: about }), { code: "invalid-input", status: 400 });
  expect(fields?.map((field) => field.path)).toContain(path);
});

test("an id that no index could hold is refused", async () => {
  await assertRefused(send({ id: "e".repeat(3_000) }), { code: "invalid-input" });
  await assertRefused(send({ id: "" }), { code: "invalid-input" });
});

test("who sends nothing has no address", async () => {
  await assertRefused(integrations.receive("paypal", Buffer.from("{}"), {}), { code: "not-found", status: 404 });
});

test("without a secret nobody is believed", async () => {
  const { model, lookup } = shop();
  const open = createIntegrations({
    model,
    lookup,
    settings: {},
    pool,
    outbox: createOutbox(model),
    now: () => new Date(nowMs),
    random: Math.random,
  });
  await assertRefused(open.receive("stripe", Buffer.from("{}"), {}), { code: "unavailable", status: 503 });
});

test("an event of a carrier keeps its wire form, and its bounds are kept to", async () => {
  const shipping = connect(carrier("token"));
  const deliver = (attempts: number): Promise<unknown> => {
    const data = { parcel: rowId("par"), at: "2026-01-31T09:00:00Z", attempts, more: "ignored" };
    const body = JSON.stringify({ type: "parcel.delivered", id: "p1", data });
    return shipping.receive("parcelCarrier", Buffer.from(body), { authorization: "Bearer a-token-of-the-carrier" });
  };
  await assertRefused(deliver(4), { code: "invalid-input", fields: [{ path: "attempts", message: "must be a whole number, 1 to 3" }] });
  expect(await deliver(3)).toMatchObject({ body: { outcome: "accepted" } });
  const payload = { parcel: rowId("par"), at: "2026-01-31T09:00:00.000Z", attempts: 3 };
  expect((await rows())["outbox"]).toMatchObject([{ event: "parcelCarrier.parcel.delivered", payload }]);
});

test("what the stand-in signs and sends is taken, once, although it is refused at first", async () => {
  const now = (): Date => new Date();
  const { model, lookup } = shop();
  let backend: Integrations | undefined;
  const outcomes: unknown[] = [];
  const listener = await startTestParty((request, response, ordinal) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (ordinal === 1) return void response.writeHead(503).end();
      return void backend?.receive("stripe", Buffer.concat(chunks), request.headers).then((answer) => {
        outcomes.push(answer.body);
        response.writeHead(answer.status).end();
      });
    });
  });
  const stripe = await startStripeStandIn({ webhookUrl: listener.url, secretKey: "sk_test_1", webhookSecret: "whsec_new", now });
  try {
    const settings = { stripe: { url: stripe.url, key: "sk_test_1", webhookSecrets: secrets } };
    backend = createIntegrations({ model, lookup, settings, pool, outbox: createOutbox(model), now, random: Math.random });
    const ask = (path: string, body: string): Promise<Response> =>
      fetch(`${stripe.url}${path}`, { method: "POST", body: new URLSearchParams(body), headers: { authorization: "Bearer sk_test_1" } });
    const made = await ask("/v1/payment_intents", `amount=1299&currency=eur&metadata[order]=${order}`);
    const { id } = (await made.json()) as { id: string }; // The intent, as the real API has it.
    await ask(`/v1/payment_intents/${id}/confirm`, "payment_method=pm_card_visa");
    await expect.poll(() => outcomes.length, { timeout: 5_000 }).toBe(2);
    expect(outcomes).toEqual(expect.arrayContaining([{ outcome: "ignored" }, { outcome: "accepted" }]));
    expect((await rows())["outbox"]).toMatchObject([{ payload: { order, amount: { amount: 1299, currency: "EUR" } } }]);
  } finally {
    await backend?.close(0);
    await Promise.all([stripe.close(), listener.close()]);
  }
});
