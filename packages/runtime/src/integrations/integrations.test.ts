import { money } from "@archwright/model";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { InputValues } from "../execution/seams.ts";
import { ProblemError } from "../problem.ts";
import { startStripeStandIn, type StripeStandIn } from "../standins/stripe.ts";
import type { PartySettings } from "./adapter.ts";
import { createIntegrations, type Integrations, type IntegrationsOptions } from "./integrations.ts";
import { IntegrationsRefused } from "./objections.ts";
import { keptLog, rowId, shop } from "./test-systems.ts";

const key = "sk_test_shop";
const order = rowId("ord");
let standIn: StripeStandIn;
let elapsedSkewMs = 0;
const open: Integrations[] = [];

beforeEach(async () => {
  standIn = await startStripeStandIn({ secretKey: key, webhookSecret: "whsec_shop", now: () => new Date() });
  elapsedSkewMs = 0;
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((integrations) => integrations.close(0)));
  await standIn.close();
});

function connect(onFailure?: Parameters<typeof shop>[0], settings: PartySettings = { url: standIn.url, key }): Integrations {
  const { model, lookup } = shop(onFailure);
  const never: IntegrationsOptions["pool"] = { transaction: () => Promise.reject(new Error("Calls need no database.")) };
  const integrations = createIntegrations({
    model,
    lookup,
    settings: { stripe: settings },
    pool: never,
    outbox: () => [],
    now: () => new Date(),
    random: () => 0.5,
    elapsedMs: () => performance.now() + elapsedSkewMs,
  });
  open.push(integrations);
  return integrations;
}

const log = keptLog();

function pay(integrations: Integrations, idempotencyKey: string, cents = 1299): Promise<InputValues> {
  const input = { order, amount: money(cents, "EUR"), channel: null, description: null };
  return integrations.call("stripe.createPaymentIntent", input, { idempotencyKey, requestId: "req_1", log });
}

const call = (integrations: Integrations, name: string, input: InputValues): Promise<InputValues> =>
  integrations.call(`stripe.${name}`, input, { idempotencyKey: name, requestId: "req_1", log });

async function problemOf(work: Promise<unknown>): Promise<ProblemError> {
  const error = await work.then(
    () => new Error("It answered."),
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error;
  throw error;
}

/** What the stand-in holds, asked as `curl -u` would. */
async function intents(): Promise<readonly { readonly id: string; readonly metadata: object; readonly livemode: boolean }[]> {
  const answer = await fetch(`${standIn.url}/v1/payment_intents?limit=100`, { headers: { authorization: `Basic ${btoa(`${key}:`)}` } });
  const { data } = (await answer.json()) as { data: never[] }; // The list's shape, as the real API has it.
  return data;
}

test("an intent is made, confirmed, read, and refunded through the adapter", async () => {
  const integrations = connect();
  const { intent, clientSecret, status } = await pay(integrations, "k1");
  expect(intent).toMatch(/^pi_3\w{23}$/);
  expect(clientSecret).toMatch(new RegExp(`^${String(intent)}_secret_`));
  expect(status).toBe("requires_payment_method");
  expect(await intents()).toMatchObject([{ id: intent, metadata: { order }, livemode: false }]);
  expect(await call(integrations, "confirmPaymentIntent", { intent, paymentMethod: "pm_card_visa" })).toEqual({ status: "succeeded" });
  const read = await call(integrations, "retrievePaymentIntent", { intent });
  expect(read).toMatchObject({ status: "succeeded", amount: { amount: 1299n, currency: "EUR" } });
  const refund = await call(integrations, "createRefund", { intent, amount: money(299, "EUR"), order });
  expect(refund).toMatchObject({ amount: { amount: 299n }, order });
});

test("a call that returns nothing answers nothing", async () => {
  const integrations = connect();
  const { intent } = await pay(integrations, "k1");
  expect(await call(integrations, "cancelPaymentIntent", { intent })).toEqual({});
});

test("a failure of the server is repeated under the same key, and makes one intent", async () => {
  const integrations = connect();
  standIn.failNext(2, 500);
  const { intent } = await pay(integrations, "k1");
  expect(await intents()).toMatchObject([{ id: intent }]);
});

test("an answer that is lost on the way is asked for again, and no second intent is made", async () => {
  const integrations = connect();
  standIn.loseNext(1);
  const { intent } = await pay(integrations, "k1");
  expect(await intents()).toMatchObject([{ id: intent }]);
});

test("the same key gives the same intent, another key another", async () => {
  const integrations = connect();
  const [first, again, other] = [await pay(integrations, "k1"), await pay(integrations, "k1"), await pay(integrations, "k2")];
  expect(again).toEqual(first);
  expect(other["intent"]).not.toBe(first["intent"]);
});

test("a key that was used for something else is a failure of ours, whose reason only the log has", async () => {
  const integrations = connect();
  await pay(integrations, "k1");
  log.lines.length = 0;
  const problem = await problemOf(pay(integrations, "k1", 1300));
  expect([problem.code, problem.status, problem.detail]).toEqual(["upstream-failed", 502, "stripe did not do what we asked of it."]);
  expect(log.lines).toMatchObject([
    {
      level: "error",
      message: "external call refused",
      facts: { call: "stripe.createPaymentIntent", requestId: "req_1", status: 400, attempts: 1 },
    },
  ]);
  expect(JSON.stringify(log.lines)).toMatch("idempotency_error Keys for idempotent requests");
});

test("a call without a key is never repeated", async () => {
  const integrations = connect();
  const { intent } = await pay(integrations, "k1");
  standIn.loseNext(1);
  expect(await problemOf(call(integrations, "cancelPaymentIntent", { intent }))).toMatchObject({ code: "upstream-failed", status: 502 });
  standIn.failNext(1, 500);
  expect(await problemOf(call(integrations, "cancelPaymentIntent", { intent }))).toMatchObject({ code: "upstream-failed", status: 502 });
});

test("reading is repeated, for it changes nothing", async () => {
  const integrations = connect();
  const { intent } = await pay(integrations, "k1");
  standIn.failNext(1, 500);
  expect(await call(integrations, "retrievePaymentIntent", { intent })).toMatchObject({ status: "requires_payment_method" });
});

test("a declined card is no failure that is repeated", async () => {
  const integrations = connect();
  const { intent } = await pay(integrations, "k1");
  log.lines.length = 0;
  const problem = await problemOf(call(integrations, "confirmPaymentIntent", { intent, paymentMethod: "pm_card_chargeDeclined" }));
  expect(problem).toMatchObject({ code: "upstream-failed", status: 502 });
  expect(log.lines).toMatchObject([{ facts: { status: 402, attempts: 1 } }]);
});

test("a wrong key is a mistake of ours, and the key is not in the log", async () => {
  log.lines.length = 0;
  const problem = await problemOf(pay(connect(undefined, { url: standIn.url, key: "sk_test_other_secret" }), "k1"));
  expect(problem).toMatchObject({ code: "upstream-failed", status: 502 });
  expect(log.lines).toMatchObject([{ level: "error", facts: { status: 401, attempts: 1 } }]);
  expect(JSON.stringify(log.lines)).not.toMatch("sk_test_other_secret");
});

test("a breaker opens, answers at once with when to come back, probes, and closes", async () => {
  const integrations = connect({ timeout: "2s", retries: 0, breaker: { open: "50%", over: "10s" }, then: "fail" });
  standIn.failNext(20, 503);
  for (let attempt = 0; attempt < 20; attempt += 1)
    expect(await problemOf(pay(integrations, `k${attempt}`))).toMatchObject({ status: 502 });
  expect(integrations.state()["stripe"]?.breaker).toBe("open");
  const refused = await problemOf(pay(integrations, "while open"));
  expect(refused).toMatchObject({ code: "unavailable", status: 503 });
  expect(refused.retryAfterMs).toBeGreaterThan(4_000);
  expect(await intents()).toEqual([]);
  elapsedSkewMs = 5_001;
  expect(integrations.state()["stripe"]?.breaker).toBe("half-open");
  await pay(integrations, "probe 1");
  await pay(integrations, "probe 2");
  expect(integrations.state()["stripe"]?.breaker).toBe("closed");
});

test("a caller's deadline bounds all attempts", async () => {
  const integrations = connect();
  standIn.slowBy(5_000);
  const startedAt = performance.now();
  const input = { order, amount: money(1299, "EUR"), channel: null, description: null };
  const terms = { idempotencyKey: "k1", requestId: "req_1", log };
  const late = integrations.call("stripe.createPaymentIntent", input, { ...terms, deadlineMs: Date.now() + 300 });
  expect(await problemOf(late)).toMatchObject({ code: "timeout", status: 504 });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  const gone = integrations.call("stripe.createPaymentIntent", input, { ...terms, deadlineMs: Date.now() - 1 });
  expect((await problemOf(gone)).detail).toBe("No time is left to call stripe.");
});

test("who closes waits for the calls under way, and breaks them off after the grace", async () => {
  standIn.slowBy(150);
  const patient = connect();
  const paid = pay(patient, "k1");
  await patient.close(5_000);
  expect(await paid).toMatchObject({ status: "requires_payment_method" });
  standIn.slowBy(60_000);
  const hasty = connect();
  const unpaid = problemOf(pay(hasty, "k2"));
  await hasty.close(50);
  expect(await unpaid).toMatchObject({ code: "unavailable", detail: "The server stops." });
  expect(await problemOf(pay(hasty, "k3"))).toMatchObject({ code: "unavailable" });
});

test("a call without its settings fails, and the log names the variable", async () => {
  log.lines.length = 0;
  const problem = await problemOf(pay(connect(undefined, { url: standIn.url }), "k1"));
  expect(problem).toMatchObject({ code: "unavailable", detail: "stripe is not set up here." });
  expect(log.lines).toMatchObject([{ level: "error", facts: { variable: "STRIPE_SECRET_KEY" } }]);
  await problemOf(pay(connect(undefined, {}), "k1"));
  expect(log.lines[1]).toMatchObject({ facts: { variable: "STRIPE_URL" } });
});

test("settings that cannot work are refused at the start", () => {
  expect(() => connect(undefined, { url: "ftp://stripe.example", key })).toThrow(IntegrationsRefused);
});
