import { createHmac } from "node:crypto";
import { money } from "@archwright/model";
import { expect, test } from "vitest";
import type { RefusedWebhook, VerifiedWebhook } from "./adapter.ts";
import { stripe } from "./stripe.ts";
import { rowId, shop } from "./test-systems.ts";

const { lookup } = shop();
const party = lookup.integration("stripe");
const order = rowId("ord");

function form(call: string, input: Readonly<Record<string, unknown>>): Record<string, string> {
  const { body = "" } = stripe.request(lookup.externalCall(`stripe.${call}`), input, { key: "sk_test_1" });
  return Object.fromEntries(new URLSearchParams(body));
}

test("a payment intent is asked for as Stripe's API has it", () => {
  const { method, path, headers } = stripe.request(
    lookup.externalCall("stripe.createPaymentIntent"),
    { order, amount: money(1299, "EUR"), channel: null, description: null },
    { key: "sk_test_1", idempotencyKey: "k1" },
  );
  expect([method, path]).toEqual(["POST", "/v1/payment_intents"]);
  expect(headers).toEqual({
    authorization: "Bearer sk_test_1",
    "content-type": "application/x-www-form-urlencoded",
    "idempotency-key": "k1",
    "stripe-version": "2025-08-27.basil",
  });
});

test("money goes in minor units with a lower-case currency, refs and texts as metadata, Stripe's own words as parameters", () => {
  const input = { order, amount: money(1299, "EUR"), channel: "web & app", description: "Order 7" };
  expect(form("createPaymentIntent", input)).toEqual({
    amount: "1299",
    currency: "eur",
    "metadata[order]": order,
    "metadata[channel]": "web & app",
    description: "Order 7",
    "automatic_payment_methods[enabled]": "true",
  });
});

test("an intent's id goes into the path and not into the form", () => {
  const { path } = stripe.request(
    lookup.externalCall("stripe.confirmPaymentIntent"),
    { intent: "pi_1", paymentMethod: "pm_card_visa" },
    {},
  );
  expect(path).toBe("/v1/payment_intents/pi_1/confirm");
  expect(form("confirmPaymentIntent", { intent: "pi_1", paymentMethod: "pm_card_visa" })).toEqual({ payment_method: "pm_card_visa" });
});

test("a refund names its intent as a parameter, and an amount without a currency", () => {
  expect(form("createRefund", { intent: "pi_1", amount: money(500, "EUR"), order })).toEqual({
    payment_intent: "pi_1",
    amount: "500",
    "metadata[order]": order,
  });
});

test("to retrieve is to read: GET, without a body and without a key of idempotency", () => {
  const call = { ...lookup.externalCall("stripe.retrievePaymentIntent"), idempotencyKey: true as const };
  const request = stripe.request(call, { intent: "pi_1" }, { key: "sk_test_1", idempotencyKey: "k1" });
  expect(request).toEqual({
    method: "GET",
    path: "/v1/payment_intents/pi_1",
    headers: { authorization: "Bearer sk_test_1", "stripe-version": "2025-08-27.basil" },
  });
});

test.each(["../refunds", "pi_1/confirm", "", "..", "pi 1", null])("%j is no intent that a path is made with", (intent) => {
  expect(() => stripe.request(lookup.externalCall("stripe.cancelPaymentIntent"), { intent }, {})).toThrow("must be an id of Stripe");
});

test("an answer is read into the declared fields", () => {
  const json = { id: "pi_1", object: "payment_intent", client_secret: "pi_1_secret_2", status: "requires_payment_method", amount: 1299 };
  expect(stripe.answer(lookup.externalCall("stripe.createPaymentIntent"), json)).toEqual({
    intent: "pi_1",
    clientSecret: "pi_1_secret_2",
    status: "requires_payment_method",
  });
  const refund = { id: "re_1", object: "refund", amount: 500, currency: "eur", metadata: { order } };
  expect(stripe.answer(lookup.externalCall("stripe.createRefund"), refund)).toEqual({
    refund: "re_1",
    amount: { amount: 500, currency: "EUR" },
    order,
  });
});

test("an error of Stripe becomes a reason, and its own word on a repetition is believed", () => {
  const json = { error: { type: "card_error", code: "card_declined", message: "Your card was declined." } };
  expect(stripe.refusal(402, {}, json)).toEqual({ reason: "card_error card_declined Your card was declined." });
  expect(stripe.refusal(500, { "stripe-should-retry": "false" }, null)).toEqual({ reason: "status 500", retryable: false });
  expect(stripe.refusal(400, { "stripe-should-retry": "true" }, null)).toEqual({ reason: "status 400", retryable: true });
  expect(stripe.refusal(409, {}, null)).toEqual({ reason: "status 409", retryable: true });
});

const nowMs = Date.parse("2026-01-31T09:30:00Z");
const secret = "whsec_one";
const succeeded = {
  id: "evt_1",
  object: "event",
  type: "payment_intent.succeeded",
  data: { object: { id: "pi_1", object: "payment_intent", amount: 1299, amount_received: 1299, currency: "eur", metadata: { order } } },
};

function signed(body: string, { at = nowMs / 1_000, by = [secret] }: { at?: number | string; by?: readonly string[] } = {}): string {
  const macs = by.map((key) => `v1=${createHmac("sha256", key).update(`${at}.${body}`).digest("hex")}`);
  return [`t=${at}`, ...macs].join(",");
}

function delivered(
  body: string | Buffer,
  signature: string | undefined,
  secrets: readonly string[] = [secret],
): VerifiedWebhook | RefusedWebhook {
  return stripe.verify({ rawBody: Buffer.from(body), headers: { "stripe-signature": signature }, secrets, nowMs }, party);
}

const body = JSON.stringify(succeeded);

test("a signed event is verified, with the fields that the model declares", () => {
  const event = delivered(body, signed(body));
  expect(event).toMatchObject({ kind: "verified", externalId: "evt_1", type: "payment_intent.succeeded" });
  const { fields } = lookup.event("stripe.payment_intent.succeeded");
  expect(event.kind === "verified" && event.payload(fields)).toEqual({ order, amount: { amount: 1299, currency: "EUR" } });
});

test("the signature of a vector that was made elsewhere is verified", () => {
  // printf '%s' '1767225600.{"id":"evt_1","type":"ping"}' | openssl dgst -sha256 -hmac whsec_test
  const vector = "20fafbfeccf68363acd8f1d42989060b51cfed7e07aac5e2c413e1e3b484c46b";
  const rawBody = Buffer.from('{"id":"evt_1","type":"ping"}');
  const headers = { "stripe-signature": `t=1767225600,v1=${vector}` };
  expect(stripe.verify({ rawBody, headers, secrets: ["whsec_test"], nowMs: 1_767_225_600_000 }, party)).toMatchObject({ kind: "verified" });
});

test("one of several signatures by one of several secrets is enough, so that a secret can be changed", () => {
  expect(delivered(body, signed(body, { by: ["whsec_two", secret] }), ["whsec_three", secret])).toMatchObject({ kind: "verified" });
  expect(delivered(body, signed(body, { by: ["whsec_two"] }), ["whsec_three", secret])).toMatchObject({ kind: "refused" });
});

test("every single changed byte of the body is refused", () => {
  const signature = signed(body);
  for (let at = 0; at < body.length; at += 1) {
    const changed = Buffer.from(body);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(delivered(changed, signature), `byte ${at}`).toMatchObject({ kind: "refused", code: "unauthenticated" });
  }
});

test.each([
  ["none", undefined],
  ["without a time", signed(body).replace(/^t=\d+,/, "")],
  ["with two times", `t=1,${signed(body)}`],
  ["with another time", signed(body).replace(/^t=\d+/, `t=${nowMs / 1_000 - 1}`)],
  ["that is not hexadecimal", `t=${nowMs / 1_000},v1=zz`],
  ["of the test scheme", signed(body).replace("v1=", "v0=")],
  ["of six minutes ago", signed(body, { at: nowMs / 1_000 - 360 })],
  ["of six minutes ahead", signed(body, { at: nowMs / 1_000 + 360 })],
  ["of no time", signed(body, { at: "NaN" })],
  ["by nobody", `t=${nowMs / 1_000}`],
])("a signature %s is refused", (_what, signature) => {
  expect(delivered(body, signature)).toMatchObject({ kind: "refused", code: "unauthenticated" });
});

test("a signature of four minutes ago is taken", () => {
  expect(delivered(body, signed(body, { at: nowMs / 1_000 - 240 }))).toMatchObject({ kind: "verified" });
});

test("no secret verifies nothing", () => {
  expect(delivered(body, signed(body), [])).toMatchObject({ kind: "refused", code: "unauthenticated" });
});

test.each(["", "[]", "null", "{", '{"id":1,"type":"x"}', '{"id":"evt_1"}'])("%j, although signed, is no event", (text) => {
  expect(delivered(text, signed(text))).toMatchObject({ kind: "refused", code: "invalid-input" });
});

test("an event's times, ids and metadata come in their wire form", () => {
  const { fields } = lookup.event("stripe.refund.created");
  const object = { id: "re_1", object: "refund", payment_intent: "pi_1", created: 1_767_225_600, metadata: { order } };
  const text = JSON.stringify({ id: "evt_2", type: "refund.created", data: { object } });
  const event = delivered(text, signed(text));
  expect(event.kind === "verified" && event.payload(fields)).toEqual({
    order,
    intent: "pi_1",
    refund: "re_1",
    created: "2026-01-01T00:00:00.000Z",
  });
});

test("the shop's calls are known of Stripe", () => {
  expect(stripe.objections(party, {})).toEqual([]);
});

test("what is not known of Stripe is refused with what is", () => {
  const [call] = party.calls;
  if (!call) throw new Error("The shop calls Stripe.");
  const objections = stripe.objections(
    {
      ...party,
      calls: [
        { ...call, id: "stripe.createSubscription", name: "createSubscription" },
        { ...call, input: [{ kind: "list", name: "lines", fields: [] }] },
        {
          ...call,
          id: "stripe.cancelPaymentIntent",
          name: "cancelPaymentIntent",
          input: [
            { kind: "text", name: "intent" },
            { kind: "text", name: "why" },
          ],
        },
      ],
      verify: "token",
    },
    { url: "http://stripe.example", key: "sk_live_1" },
  );
  expect(objections.map(({ what, fix }) => `${what} ${fix}`)).toEqual([
    "stripe.createSubscription is no call that is known of Stripe. Use one of createPaymentIntent, retrievePaymentIntent, confirmPaymentIntent, cancelPaymentIntent, createRefund, or give the integration another name and serve the call yourself.",
    `${call.id} has no input "amount". Add amount: t.money("EUR") to its input.`,
    `${call.id}.lines cannot be metadata of Stripe. Send the id of the row that has the value.`,
    'stripe.cancelPaymentIntent has an input "why" that Stripe does not take. Leave it out. Known are intent, cancellationReason.',
    'stripe is verified by "token". Write verify: "signature".',
    "STRIPE_URL is http:, and the key is a live one. Use https:, which the default https://api.stripe.com is, or a test key.",
  ]);
});
