import { fieldsOf } from "../recording/new-field.ts";
import { here, type Place } from "../recording/origin.ts";
import { withRecord, type EventRecord, type IntegrationRecord, type IntegrationSaid, type OperationRecord } from "../recording/records.ts";
import type { Fields } from "./fields.ts";
import type { Event } from "./context.ts";
import type { Nothing, Operation, Returns } from "./scopes.ts";
import type { Duration, Known, Percent, Rate } from "./values.ts";

interface CallFacts {
  input?: Fields;
  returns?: Fields;
  p50: Known<Duration>;
  p99: Known<Duration>;
  limit?: Known<Rate>;
  /** What the third party promises, or what you have measured. */
  availability?: Percent;
  idempotencyKey?: true;
}
export interface ExternalCall<N extends string, I extends Fields, R extends Returns> extends Operation {
  readonly kind: "call";
  readonly name: N;
  readonly input: I;
  readonly returns: R;
}
type Integration<N extends string, C extends Record<string, CallFacts>, W extends Record<string, Fields>> = {
  readonly [K in keyof C & string]: ExternalCall<
    K,
    C[K] extends { input: infer I extends Fields } ? I : {},
    C[K] extends { returns: infer R extends Fields } ? R : Nothing
  >;
} & { readonly webhooks: { readonly [K in keyof W & string]: Event<N, K, W[K]> } };

/**
 * A third party: what we call, what it sends us, how fast it is, and what happens when it fails.
 *
 * @example
 * export const Stripe = integration("stripe", {
 *   calls: { createPaymentIntent: { input: { amount: t.money("EUR") }, returns: { intent: t.text() }, p50: "250ms", p99: "900ms", idempotencyKey: true } },
 *   onFailure: { timeout: "2s", retries: 3, then: "fail" },
 * });
 */
export const integration = <const N extends string, C extends Record<string, CallFacts>, W extends Record<string, Fields> = {}>(
  name: N,
  facts: {
    calls: C;
    webhooks?: W;
    /** How its webhooks prove that they are its own. "mtls" is what some offer, and ends at the proxy: check says what to do instead. */
    verify?: "signature" | "mtls" | "token";
    holds?: readonly string[];
    onFailure: { timeout?: Duration; retries: number; breaker?: { open: Percent; over: Duration }; then: "fail" | "queue" | "degrade" };
    accept?: { readonly [code: string]: string };
  },
): Integration<N, C, W> => {
  const place = here();
  const said: IntegrationSaid = facts;
  const itself = {};
  const calls = Object.entries(said.calls).map(([of, call]) => {
    const origins = new Map();
    const input = fieldsOf(call.input ?? {}, `${name}.${of}.input`, origins);
    const returns = fieldsOf(call.returns ?? {}, `${name}.${of}.returns`, origins);
    const record: OperationRecord = {
      kind: "operation",
      type: "call",
      place,
      id: `${name}.${of}`,
      name: of,
      input,
      origins,
      returns: { kind: "record", fields: returns },
      said: {},
      integration: itself,
    };
    return withRecord({ kind: "call", name: of, input: call.input ?? {}, returns: call.returns ?? {} }, record);
  });
  const webhooks = Object.entries(said.webhooks ?? {}).map(([of, fields]) => webhook(name, of, fields, place, itself));
  withRecord(itself, { kind: "integration", place, name, said, calls, webhooks } as IntegrationRecord);
  return withRecord(
    {
      ...Object.fromEntries(calls.map((call) => [call.name, call])),
      webhooks: Object.fromEntries(webhooks.map((event) => [event.name, event])),
    },
    { kind: "integration-value", place },
  ) as never; // The mapped type above says what it is, call by call.
};

function webhook(
  integrationName: string,
  name: string,
  fields: { readonly [field: string]: unknown },
  place: Place,
  itself: object,
): { kind: "event"; name: string } {
  const id = `${integrationName}.${name}`;
  const origins = new Map();
  const record: EventRecord = { kind: "event", place, id, name, fields: fieldsOf(fields, id, origins), origins, integration: itself };
  return withRecord({ kind: "event", name, fields }, record);
}
