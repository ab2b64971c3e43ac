import type { JsonRecord, JsonValue } from "@archwright/model";
import type { Recent } from "./recent.ts";
import { StripeError } from "./stripe-error.ts";
import type { Parameters } from "./stripe-form.ts";

export interface StripeEndpoint {
  readonly method: "GET" | "POST";
  /** The id in the path is its only group. */
  readonly path: RegExp;
  readonly parameters: readonly string[];
  run(parameters: Parameters, id: string): JsonValue;
}

/** Tells of what has happened to an object. */
export type Announce = (type: string, object: JsonRecord) => void;

/** An account in memory. */
export interface Account {
  readonly intents: Recent<PaymentIntent>;
  readonly refunds: Recent<JsonRecord>;
  /** What has been given back of each payment intent. */
  readonly refunded: Recent<number>;
  readonly announce: Announce;
  readonly now: () => Date;
}

export type PaymentIntent = JsonRecord & {
  readonly id: string;
  readonly amount: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly status: "requires_payment_method" | "requires_confirmation" | "succeeded" | "canceled";
  readonly payment_method: string | null;
  readonly metadata: JsonRecord;
};

export function notThere(kind: string, id: string): StripeError {
  return new StripeError(404, { code: "resource_missing", param: "id", message: `No such ${kind}: '${id}'` });
}
