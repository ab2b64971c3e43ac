import type { ExternalCall, Field, Integration, JsonRecord, JsonValue } from "@archwright/model";
import type { InputValues } from "../execution/seams.ts";

/** Where one third party is, and what we and it know each other by. */
export interface PartySettings {
  /** Needed if the model calls it. */
  readonly url?: string;
  readonly key?: string;
  /** Several while one takes the place of another. */
  readonly webhookSecrets?: readonly string[];
}

/** Knows how one third party is spoken to. Adding one is a file that exports an Adapter, and a line in the list of adapters. */
export interface Adapter {
  /** The integration that it is for, by the name in the model. */
  readonly name: string;
  /** Where the third party is, if that is the same for everybody. */
  readonly defaultUrl?: string;
  /** Whether nothing can be called without a key. */
  readonly needsKey: boolean;
  variables(integration: string): EnvironmentVariables;
  /** What the model asks for and the adapter cannot do: said at the start, not to the first customer. */
  objections(integration: Integration, settings: PartySettings): readonly Objection[];
  request(call: ExternalCall, input: InputValues, keys: RequestKeys): OutgoingRequest;
  /** The declared fields of an answer, in their wire form. */
  answer(call: ExternalCall, json: JsonValue): JsonRecord;
  /** What the third party said when it did not do what was asked. */
  refusal(status: number, headers: IncomingHeaders, json: JsonValue): UpstreamRefusal;
  verify(delivery: WebhookDelivery, integration: Integration): VerifiedWebhook | RefusedWebhook;
}

/** The names of the environment variables that settings are read from. */
export interface EnvironmentVariables {
  readonly url: string;
  readonly key: string;
  readonly webhookSecrets: string;
}

/** A reason not to start. */
export interface Objection {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export interface RequestKeys {
  readonly key?: string;
  readonly idempotencyKey?: string;
}

export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  /** Below the third party's URL. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** As Node gives them: names in lower case. */
export type IncomingHeaders = { readonly [name: string]: string | readonly string[] | undefined };

export interface UpstreamRefusal {
  /** For the log. */
  readonly reason: string;
  /** What the third party itself says of a repetition; if nothing, the status decides. */
  readonly retryable?: boolean;
}

export interface WebhookDelivery {
  readonly rawBody: Buffer;
  readonly headers: IncomingHeaders;
  readonly secrets: readonly string[];
  readonly nowMs: number;
}

export interface VerifiedWebhook {
  readonly kind: "verified";
  /** The same for every delivery of the same event. */
  readonly externalId: string;
  readonly type: string;
  /** The declared fields, in their wire form, as far as they are there. */
  payload(fields: readonly Field[]): JsonRecord;
}

export interface RefusedWebhook {
  readonly kind: "refused";
  readonly code: "invalid-input" | "unauthenticated";
  readonly detail: string;
}

/** The one value of a header that may stand there several times. */
export function headerOf(headers: IncomingHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value.join(",") : value;
}

export function refused(code: RefusedWebhook["code"], detail: string): RefusedWebhook {
  return { kind: "refused", code, detail };
}
