import { assemble, lookupOf, type Lookup, type Model } from "@archwright/model";
import { context, integration, system, t } from "@archwright/model/language";
import type { Log } from "../observability/log.ts";

export interface TestSystem {
  readonly model: Model;
  readonly lookup: Lookup;
}

type OnFailure = Parameters<typeof integration>[1]["onFailure"];

const latency = { p50: "200ms", p99: "800ms" } as const;

/** A shop that is paid through Stripe. */
export function shop(onFailure: OnFailure = { timeout: "2s", retries: 3, then: "fail" }): TestSystem {
  const Orders = context("orders");
  const Order = Orders.entity("Order", { id: t.id("ord"), note: t.text().optional() });
  const Stripe = integration("stripe", {
    calls: {
      createPaymentIntent: {
        input: { order: t.ref(Order), amount: t.money("EUR"), channel: t.text().optional(), description: t.text().optional() },
        returns: { intent: t.text(), clientSecret: t.text(), status: t.text() },
        ...latency,
        idempotencyKey: true,
      },
      retrievePaymentIntent: {
        input: { intent: t.text() },
        returns: { status: t.text(), amount: t.money("EUR") },
        p50: "100ms",
        p99: "300ms",
      },
      confirmPaymentIntent: {
        input: { intent: t.text(), paymentMethod: t.text() },
        returns: { status: t.text() },
        ...latency,
        idempotencyKey: true,
      },
      // Without a key, so that it must never be made twice.
      cancelPaymentIntent: { input: { intent: t.text() }, ...latency },
      createRefund: {
        input: { intent: t.text(), amount: t.money("EUR").optional(), order: t.ref(Order) },
        returns: { refund: t.text(), amount: t.money("EUR"), order: t.ref(Order) },
        ...latency,
        idempotencyKey: true,
      },
    },
    webhooks: {
      "payment_intent.succeeded": { order: t.ref(Order), amount: t.money("EUR") },
      "refund.created": { order: t.ref(Order), intent: t.text(), refund: t.text(), created: t.time() },
    },
    verify: "signature",
    onFailure,
  });
  const markPaid = Orders.command("markPaid", {
    allow: "system",
    input: { order: t.ref(Order) },
    body: ({ input, update }) => update(Order, input.order, { note: "paid" }),
  });
  Orders.command("pay", {
    input: { order: t.ref(Order) },
    calls: [
      Stripe.createPaymentIntent,
      Stripe.retrievePaymentIntent,
      Stripe.confirmPaymentIntent,
      Stripe.cancelPaymentIntent,
      Stripe.createRefund,
    ],
    handle: () => Promise.resolve(),
  });
  Orders.on(Stripe.webhooks["payment_intent.succeeded"], markPaid);
  Orders.on(Stripe.webhooks["refund.created"], markPaid);
  return assembled(system("shop", { contexts: [Orders] }));
}

/** A carrier that nobody has written an adapter for. */
export function carrier(
  verify: "signature" | "token" | "mtls" = "signature",
  onFailure: OnFailure = { timeout: "2s", retries: 2, then: "fail" },
): TestSystem {
  const Shipping = context("shipping");
  const Parcel = Shipping.entity("Parcel", { id: t.id("par"), weight: t.decimal(5, 2) });
  const Carrier = integration("parcelCarrier", {
    calls: {
      bookPickup: {
        input: { parcel: t.ref(Parcel), weight: t.decimal(5, 2), day: t.date(), insured: t.money("EUR"), fragile: t.bool() },
        returns: { booking: t.text(), at: t.time(), price: t.money("EUR"), notes: t.text().optional() },
        ...latency,
        idempotencyKey: true,
      },
      ringBell: { ...latency },
    },
    webhooks: { "parcel.delivered": { parcel: t.ref(Parcel), at: t.time(), attempts: t.int().min(1).max(3) } },
    verify,
    onFailure,
  });
  const close = Shipping.command("close", {
    allow: "system",
    input: { parcel: t.ref(Parcel) },
    body: ({ input, update }) => update(Parcel, input.parcel, {}),
  });
  Shipping.command("ship", {
    input: { parcel: t.ref(Parcel) },
    calls: [Carrier.bookPickup, Carrier.ringBell],
    handle: () => Promise.resolve(),
  });
  Shipping.on(Carrier.webhooks["parcel.delivered"], close);
  return assembled(system("parcels", { contexts: [Shipping] }));
}

function assembled(authored: Parameters<typeof assemble>[0]): TestSystem {
  const { model } = assemble(authored);
  return { model, lookup: lookupOf(model) };
}

export interface LoggedLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly facts: object;
  readonly message: string;
}

export function keptLog(): Log & { readonly lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const keep =
    (level: LoggedLine["level"]) =>
    (facts: object, message: string): void =>
      void lines.push({ level, facts, message });
  return { lines, debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") };
}

/** The id of a row that exists nowhere. */
export const rowId = (prefix: string): string => `${prefix}_01k9zq8w3v7d5c2b4n6m8x0ahj`;
