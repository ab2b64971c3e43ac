import { kebab, toJson, wordsOf, type Field, type JsonRecord } from "@archwright/model";
import { headerOf, refused, type Adapter, type RefusedWebhook, type VerifiedWebhook, type WebhookDelivery } from "./adapter.ts";
import { jsonObject, ownText, ownValue, parsedJson } from "./json-object.ts";
import { isFresh, isOneOf, isSigned } from "./signature.ts";

/**
 * Speaks to a third party that has no adapter of its own: `POST {url}/{call-in-kebab-case}` with the fields as JSON, and webhooks by the
 * Standard Webhooks specification or by a token.
 */
export const generic: Adapter = {
  name: "generic",
  needsKey: false,
  variables(integration) {
    const name = wordsOf(integration).join("_").toUpperCase();
    return { url: `${name}_URL`, key: `${name}_KEY`, webhookSecrets: `${name}_WEBHOOK_SECRET` };
  },
  objections({ name, verify }, { webhookSecrets = [] }) {
    const weak = verify === "token" ? webhookSecrets.some((token) => token.length < 16) : webhookSecrets.some((secret) => !keyOf(secret));
    if (!weak) return [];
    return [
      {
        what: `A webhook secret of ${name} is ${verify === "token" ? "a token of fewer than 16 characters" : "no key of the Standard Webhooks form"}.`,
        why: "Whoever guesses it can make up events that are believed.",
        fix:
          verify === "token"
            ? "Set a token of at least 16 random characters."
            : 'Copy the secret as the sender shows it: "whsec_" and the base64 of at least 24 bytes.',
      },
    ];
  },
  request(call, input, { key, idempotencyKey }) {
    return {
      method: "POST",
      path: `/${kebab(call.name)}`,
      headers: {
        "content-type": "application/json",
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
      },
      body: JSON.stringify(Object.fromEntries(call.input.map((field) => [field.name, toJson(field, input[field.name])]))),
    };
  },
  answer: ({ returns }, json) => declared(jsonObject(json), returns),
  refusal(status, _headers, json) {
    const problem = jsonObject(json);
    const words = ownText(problem, "detail") ?? ownText(problem, "message") ?? ownText(problem, "title") ?? ownText(problem, "error");
    return { reason: words ?? `status ${status}` };
  },
  verify: (delivery, integration) => (integration.verify === "token" ? byToken(delivery) : bySignature(delivery)),
};

function bySignature({ rawBody, headers, secrets, nowMs }: WebhookDelivery): VerifiedWebhook | RefusedWebhook {
  const id = headerOf(headers, "webhook-id");
  const timestamp = headerOf(headers, "webhook-timestamp");
  const signatures = headerOf(headers, "webhook-signature");
  if (!id || !timestamp || !signatures)
    return refused("unauthenticated", "The headers webhook-id, webhook-timestamp and webhook-signature are needed (Standard Webhooks).");
  if (!isFresh(timestamp, nowMs)) return refused("unauthenticated", "The webhook-timestamp is more than five minutes from now.");
  const given = signatures.split(/,? +/).flatMap((text) => (text.startsWith("v1,") ? [Buffer.from(text.slice(3), "base64")] : []));
  const keys = secrets.flatMap((secret) => keyOf(secret) ?? []);
  if (!isSigned([`${id}.${timestamp}.`, rawBody], keys, given)) return refused("unauthenticated", "No webhook-signature is ours.");
  return eventOf(rawBody, id);
}

function byToken({ rawBody, headers, secrets }: WebhookDelivery): VerifiedWebhook | RefusedWebhook {
  const [, token] = /^Bearer (\S+)$/i.exec(headerOf(headers, "authorization") ?? "") ?? [];
  if (token === undefined || !isOneOf(token, secrets))
    return refused("unauthenticated", "The header Authorization: Bearer needs our token.");
  return eventOf(rawBody, headerOf(headers, "webhook-id"));
}

function eventOf(rawBody: Buffer, id: string | undefined): VerifiedWebhook | RefusedWebhook {
  const event = jsonObject(parsedJson(rawBody.toString("utf8")));
  const type = ownText(event, "type");
  const externalId = id ?? ownText(event, "id");
  if (type === undefined || externalId === undefined)
    return refused("invalid-input", 'An event is JSON with its "type" and "data", and has an id in the header webhook-id or as "id".');
  return { kind: "verified", externalId, type, payload: (fields) => declared(jsonObject(ownValue(event, "data")), fields) };
}

function declared(object: JsonRecord, fields: readonly Field[]): JsonRecord {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = ownValue(object, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The bytes of a secret of the Standard Webhooks form, which the specification gives at least 24. */
function keyOf(secret: string): Buffer | undefined {
  const [, base64] = /^(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const key = Buffer.from(base64 ?? "", "base64");
  return key.length >= 24 ? key : undefined;
}
