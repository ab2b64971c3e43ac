import { createHmac } from "node:crypto";
import { decimal, money } from "@archwright/model";
import { expect, test } from "vitest";
import type { RefusedWebhook, VerifiedWebhook } from "./adapter.ts";
import { generic } from "./generic.ts";
import { carrier, rowId } from "./test-systems.ts";

const { lookup } = carrier();
const signing = lookup.integration("parcelCarrier");
const parcel = rowId("par");

test("a call is a POST to its name, with the fields in their wire form, the key and the key of idempotency", () => {
  const input = { parcel, weight: decimal("12.50"), day: "2026-01-31", insured: money(5000n, "EUR"), fragile: true };
  const request = generic.request(lookup.externalCall("parcelCarrier.bookPickup"), input, { key: "secret", idempotencyKey: "k1" });
  expect(request).toEqual({
    method: "POST",
    path: "/book-pickup",
    headers: { "content-type": "application/json", authorization: "Bearer secret", "idempotency-key": "k1" },
    body: JSON.stringify({ parcel, weight: "12.50", day: "2026-01-31", insured: { amount: 5000, currency: "EUR" }, fragile: true }),
  });
});

test("a call without fields, key or repetition has an empty object for its body", () => {
  expect(generic.request(lookup.externalCall("parcelCarrier.ringBell"), {}, {})).toEqual({
    method: "POST",
    path: "/ring-bell",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
});

test("of an answer only the declared fields are read", () => {
  const call = lookup.externalCall("parcelCarrier.bookPickup");
  expect(generic.answer(call, { booking: "b1", price: { amount: 1, currency: "EUR" }, more: 1 })).toEqual({
    booking: "b1",
    price: { amount: 1, currency: "EUR" },
  });
  expect(generic.answer(call, ["booking"])).toEqual({});
});

test("the variables are the integration's name in capitals", () => {
  expect(generic.variables("parcelCarrier")).toEqual({
    url: "PARCEL_CARRIER_URL",
    key: "PARCEL_CARRIER_KEY",
    webhookSecrets: "PARCEL_CARRIER_WEBHOOK_SECRET",
  });
});

const nowMs = Date.parse("2026-01-31T09:30:00Z");
const nowSeconds = nowMs / 1_000;
const key = Buffer.alloc(32, 7);
const other = Buffer.alloc(24, 9);
const whsec = (bytes: Buffer): string => `whsec_${bytes.toString("base64")}`;
const body = JSON.stringify({
  type: "parcel.delivered",
  timestamp: "2026-01-31T09:29:59Z",
  data: { parcel, at: "2026-01-31T09:00:00Z", attempts: 1, more: true },
});

function headersOf(
  text: string,
  { id = "msg_1", at = nowSeconds, by = [key] }: { id?: string; at?: number; by?: readonly Buffer[] } = {},
): Record<string, string> {
  const signatures = by.map((bytes) => `v1,${createHmac("sha256", bytes).update(`${id}.${at}.${text}`).digest("base64")}`);
  return { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": signatures.join(" ") };
}

function delivered(
  text: string,
  headers: Record<string, string>,
  secrets: readonly string[] = [whsec(key)],
): VerifiedWebhook | RefusedWebhook {
  return generic.verify({ rawBody: Buffer.from(text), headers, secrets, nowMs }, signing);
}

test("a delivery of Standard Webhooks is verified, with the declared fields of its data", () => {
  const event = delivered(body, headersOf(body));
  expect(event).toMatchObject({ kind: "verified", externalId: "msg_1", type: "parcel.delivered" });
  const { fields } = lookup.event("parcelCarrier.parcel.delivered");
  expect(event.kind === "verified" && event.payload(fields)).toEqual({ parcel, at: "2026-01-31T09:00:00Z", attempts: 1 });
});

test("the vector that the reference libraries share passes the signature, and then has no type", () => {
  const vector = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const verify = (text: string): VerifiedWebhook | RefusedWebhook =>
    generic.verify(
      { rawBody: Buffer.from(text), headers: vector, secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], nowMs: 1_614_265_330_000 },
      signing,
    );
  expect(verify('{"test": 2432232314}')).toMatchObject({ kind: "refused", code: "invalid-input" });
  expect(verify('{"test": 2432232315}')).toMatchObject({ kind: "refused", code: "unauthenticated" });
});

test("one of several signatures by one of several secrets is enough, however the sender writes them", () => {
  expect(delivered(body, headersOf(body, { by: [other, key] }), [whsec(Buffer.alloc(24, 1)), whsec(key)])).toMatchObject({
    kind: "verified",
  });
  const twice = headersOf(body, { by: [other, key] });
  expect(delivered(body, { ...twice, "webhook-signature": twice["webhook-signature"]?.replace(" ", ", ") ?? "" })).toMatchObject({
    kind: "verified",
  });
  expect(delivered(body, headersOf(body), [key.toString("base64")])).toMatchObject({ kind: "verified" });
});

test.each([
  ["by another key", headersOf(body, { by: [other] })],
  ["of another body", headersOf(`${body} `)],
  ["of another id", { ...headersOf(body), "webhook-id": "msg_2" }],
  ["of another time", { ...headersOf(body), "webhook-timestamp": String(nowSeconds - 1) }],
  ["of six minutes ago", headersOf(body, { at: nowSeconds - 360 })],
  ["of six minutes ahead", headersOf(body, { at: nowSeconds + 360 })],
  ["of another version", { ...headersOf(body), "webhook-signature": headersOf(body)["webhook-signature"]?.replace("v1,", "v1a,") ?? "" }],
  ["that is missing", {}],
])("a signature %s is refused", (_what, headers) => {
  expect(delivered(body, headers)).toMatchObject({ kind: "refused", code: "unauthenticated" });
});

test("a token is verified without a signature, and the event's id comes from its body", () => {
  const trusting = carrier("token").lookup.integration("parcelCarrier");
  const verify = (authorization: string, text: string): VerifiedWebhook | RefusedWebhook =>
    generic.verify(
      { rawBody: Buffer.from(text), headers: { authorization }, secrets: ["old-token-of-mine-1", "new-token-of-mine-2"], nowMs },
      trusting,
    );
  const event = JSON.stringify({ ...JSON.parse(body), id: "evt_9" });
  expect(verify("Bearer new-token-of-mine-2", event)).toMatchObject({ kind: "verified", externalId: "evt_9" });
  expect(verify("Bearer old-token-of-mine-1", event)).toMatchObject({ kind: "verified" });
  expect(verify("Bearer new-token-of-mine-", event)).toMatchObject({ kind: "refused", code: "unauthenticated" });
  expect(verify("", event)).toMatchObject({ kind: "refused", code: "unauthenticated" });
  expect(verify("Bearer new-token-of-mine-2", body)).toMatchObject({ kind: "refused", code: "invalid-input" });
});

test("secrets that could be guessed are refused", () => {
  const what = (verify: "signature" | "token", secret: string): readonly string[] =>
    generic.objections({ ...signing, verify }, { webhookSecrets: [secret] }).map((objection) => objection.what);
  expect(what("signature", whsec(key))).toEqual([]);
  expect(what("signature", "whsec_hush")).toEqual(["A webhook secret of parcelCarrier is no key of the Standard Webhooks form."]);
  expect(what("token", "a-token-of-sixteen")).toEqual([]);
  expect(what("token", "hush")).toEqual(["A webhook secret of parcelCarrier is a token of fewer than 16 characters."]);
});
