import { fromQuery, toJson, wordsOf, type ExternalCall, type Field, type JsonRecord, type JsonValue } from "@archwright/model";
import type { InputValues } from "../execution/seams.ts";
import { problem } from "../http/problems.ts";
import {
  headerOf,
  refused,
  type Adapter,
  type Objection,
  type OutgoingRequest,
  type RefusedWebhook,
  type RequestKeys,
  type VerifiedWebhook,
  type WebhookDelivery,
} from "./adapter.ts";
import { jsonObject, ownText, ownValue, parsedJson } from "./json-object.ts";
import { isFresh, isSigned } from "./signature.ts";
import { isMetadata, objectionsToCall, stripeCalls, type StripeCall } from "./stripe-calls.ts";

/** Stripe's API of one day; without it the account's own would decide what answers look like. */
const stripeVersion = "2025-08-27.basil";

/** Speaks Stripe's own API: the same code to the real one and to its stand-in. */
export const stripe: Adapter = {
  name: "stripe",
  defaultUrl: "https://api.stripe.com",
  needsKey: true,
  variables: () => ({ url: "STRIPE_URL", key: "STRIPE_SECRET_KEY", webhookSecrets: "STRIPE_WEBHOOK_SECRET" }),
  objections(integration, { url, key }) {
    const { calls, verify } = integration;
    return [
      ...calls.flatMap(objectionsToCall),
      ...(verify === "token" ? [signsItself] : []),
      ...(url?.startsWith("http:") && /^[sr]k_live_/.test(key ?? "") ? [liveKeyInTheOpen] : []),
    ];
  },
  request,
  answer: ({ returns }, json) => fieldsOf(jsonObject(json), returns),
  refusal(status, headers, json) {
    const { type, code, message } = jsonObject(ownValue(jsonObject(json), "error"));
    const reason = [type, code, message].filter((word) => typeof word === "string").join(" ") || `status ${status}`;
    const again = headerOf(headers, "stripe-should-retry");
    if (again === "true" || again === "false") return { reason, retryable: again === "true" };
    // Another request with the same key is under way, or the object is being changed by one.
    return status === 409 ? { reason, retryable: true } : { reason };
  },
  verify,
};

const signsItself: Objection = {
  what: 'stripe is verified by "token".',
  why: "Stripe signs its events and sends no token.",
  fix: 'Write verify: "signature".',
};

const liveKeyInTheOpen: Objection = {
  what: "STRIPE_URL is http:, and the key is a live one.",
  why: "Everybody on the way could read the key and take money with it.",
  fix: "Use https:, which the default https://api.stripe.com is, or a test key.",
};

function request(call: ExternalCall, input: InputValues, { key, idempotencyKey }: RequestKeys): OutgoingRequest {
  const known = stripeCalls[call.name];
  if (!known) throw new Error(`${call.id} was not refused at the start.`);
  const path = typeof known.path === "string" ? known.path : known.path.join(idOf("intent", input["intent"]));
  const headers = {
    authorization: `Bearer ${key ?? ""}`,
    "stripe-version": stripeVersion,
    ...(idempotencyKey !== undefined && known.method === "POST" && { "idempotency-key": idempotencyKey }),
  };
  if (known.method === "GET") return { method: "GET", path, headers };
  return {
    method: "POST",
    path,
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    body: formOf(call, known, input),
  };
}

function formOf(call: ExternalCall, known: StripeCall, input: InputValues): string {
  const form = new URLSearchParams();
  for (const field of call.input) {
    const json = toJson(field, input[field.name]);
    if (json === null || (typeof known.path !== "string" && field.name === "intent")) continue;
    if (isMetadata(field, known)) form.append(`metadata[${field.name}]`, textOf(json));
    else if (field.kind === "money") {
      // Stripe counts in minor units too. It has exceptions, such as ISK; none of them is a currency of the language.
      form.append("amount", textOf(jsonObject(json)["amount"]));
      if (known.takesCurrency) form.append("currency", field.currency.toLowerCase());
    } else form.append(known.parameters[field.name] ?? field.name, textOf(json));
  }
  for (const [parameter, value] of Object.entries(known.constants ?? {})) form.append(parameter, value);
  return form.toString();
}

const textOf = (json: JsonValue | undefined): string => (typeof json === "string" ? json : JSON.stringify(json));

/** An id becomes a part of a path, where "../" would lead to another object. */
function idOf(field: string, id: unknown): string {
  if (typeof id === "string" && /^\w{1,255}$/.test(id)) return id;
  throw problem("invalid-input", { detail: `"${field}" must be an id of Stripe, such as pi_3MtwBwLkdIwHu7ix28a3tqPa.` });
}

function verify({ rawBody, headers, secrets, nowMs }: WebhookDelivery): VerifiedWebhook | RefusedWebhook {
  const parts = (headerOf(headers, "stripe-signature") ?? "").split(",").map((part) => part.trim());
  const valuesOf = (name: string): string[] => parts.flatMap((part) => (part.startsWith(`${name}=`) ? [part.slice(name.length + 1)] : []));
  const [timestamp, ...more] = valuesOf("t");
  if (timestamp === undefined || more.length > 0) return refused("unauthenticated", "The header Stripe-Signature is missing or has no t=.");
  if (!isFresh(timestamp, nowMs)) return refused("unauthenticated", "The Stripe-Signature was made more than five minutes from now.");
  const signatures = valuesOf("v1").flatMap((hex) => (/^[0-9a-f]{64}$/i.test(hex) ? [Buffer.from(hex, "hex")] : []));
  if (!isSigned([`${timestamp}.`, rawBody], secrets, signatures))
    return refused("unauthenticated", "No v1 of the Stripe-Signature is ours.");
  const event = jsonObject(parsedJson(rawBody.toString("utf8")));
  const externalId = ownText(event, "id");
  const type = ownText(event, "type");
  if (externalId === undefined || type === undefined) return refused("invalid-input", 'An event of Stripe has an "id" and a "type".');
  const object = jsonObject(ownValue(jsonObject(ownValue(event, "data")), "object"));
  return { kind: "verified", externalId, type, payload: (fields) => fieldsOf(object, fields) };
}

/** The declared fields that an object of Stripe has something for. */
function fieldsOf(object: JsonRecord, fields: readonly Field[]): JsonRecord {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = fieldOf(object, field);
      return value === undefined || value === null ? [] : [[field.name, value] as const];
    }),
  );
}

function fieldOf(object: JsonRecord, field: Field): JsonValue | undefined {
  const { name, kind } = field;
  if (name === "intent") return object["object"] === "payment_intent" ? object["id"] : ownValue(object, "payment_intent");
  if (name === "refund" && object["object"] === "refund") return object["id"];
  if (kind === "money") return moneyOf(object, name);
  const metadata = ownText(jsonObject(ownValue(object, "metadata")), name);
  const own = ownValue(object, wordsOf(name).join("_"));
  // Our own ids are never Stripe's, although both may have a "customer".
  if (kind === "ref" || own === undefined || own === null) return metadata === undefined ? undefined : fromQuery(field, metadata);
  return kind === "time" && typeof own === "number" ? new Date(own * 1_000).toISOString() : own;
}

function moneyOf(object: JsonRecord, name: string): JsonValue | undefined {
  const own = ownValue(object, wordsOf(name).join("_"));
  const received = ownValue(object, "amount_received");
  const ofIntent = typeof received === "number" && received > 0 ? received : ownValue(object, "amount");
  const amount = name !== "amount" && typeof own === "number" ? own : ofIntent;
  const currency = ownText(object, "currency");
  return amount === undefined || currency === undefined ? undefined : { amount, currency: currency.toUpperCase() };
}
