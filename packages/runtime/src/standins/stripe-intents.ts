import type { JsonRecord } from "@archwright/model";
import { notThere, type Account, type PaymentIntent, type StripeEndpoint } from "./stripe-account.ts";
import { StripeError } from "./stripe-error.ts";
import { amountOf, groupOf, requiredText, textOf, type Parameters } from "./stripe-form.ts";
import { letters, newStripeId, seconds } from "./stripe-id.ts";

/** What may be done with payment intents. */
export function intentEndpoints(account: Account): readonly StripeEndpoint[] {
  const { intents, announce, now } = account;
  return [
    {
      method: "POST",
      path: /^\/v1\/payment_intents$/,
      parameters: newIntentParameters,
      run(parameters) {
        const intent = newIntent(parameters, now());
        intents.set(intent.id, intent);
        announce("payment_intent.created", intent);
        return intent;
      },
    },
    { method: "GET", path: /^\/v1\/payment_intents\/(\w+)$/, parameters: ["expand"], run: (_parameters, id) => intentOf(account, id) },
    { method: "GET", path: /^\/v1\/payment_intents$/, parameters: ["limit"], run: (parameters) => newest(account, parameters) },
    {
      method: "POST",
      path: /^\/v1\/payment_intents\/(\w+)\/confirm$/,
      parameters: ["payment_method", "receipt_email", "return_url"],
      run: (parameters, id) => confirm(intentOf(account, id), parameters, account),
    },
    {
      method: "POST",
      path: /^\/v1\/payment_intents\/(\w+)\/cancel$/,
      parameters: ["cancellation_reason"],
      run: (parameters, id) => cancel(intentOf(account, id), parameters, account),
    },
  ];
}

export function intentOf({ intents }: Account, id: string): PaymentIntent {
  const intent = intents.get(id);
  if (!intent) throw notThere("payment_intent", id);
  return intent;
}

const newIntentParameters = [
  "amount",
  "automatic_payment_methods",
  "currency",
  "description",
  "metadata",
  "payment_method",
  "receipt_email",
  "setup_future_usage",
  "statement_descriptor_suffix",
];

function newest({ intents }: Account, parameters: Parameters): JsonRecord {
  const limit = Math.min(Number(textOf(parameters, "limit") ?? 10), 100);
  const all = intents.newestFirst();
  return { object: "list", data: all.slice(0, limit), has_more: all.length > limit, url: "/v1/payment_intents" };
}

function newIntent(parameters: Parameters, now: Date): PaymentIntent {
  const amount = amountOf(parameters, "amount");
  const currency = requiredText(parameters, "currency").toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) throw new StripeError(400, { param: "currency", message: `Invalid currency: ${currency}.` });
  const id = newStripeId("pi");
  const paymentMethod = textOf(parameters, "payment_method") ?? null;
  return {
    id,
    object: "payment_intent",
    amount,
    amount_capturable: 0,
    amount_received: 0,
    automatic_payment_methods: { enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${letters(25)}`,
    confirmation_method: "automatic",
    created: seconds(now),
    currency,
    customer: null,
    description: textOf(parameters, "description") ?? null,
    last_payment_error: null,
    latest_charge: null,
    // The real API says true here for real money: nobody can take the one for the other.
    livemode: false,
    metadata: groupOf(parameters, "metadata"),
    payment_method: paymentMethod,
    payment_method_types: ["card"],
    receipt_email: textOf(parameters, "receipt_email") ?? null,
    setup_future_usage: textOf(parameters, "setup_future_usage") ?? null,
    statement_descriptor_suffix: textOf(parameters, "statement_descriptor_suffix") ?? null,
    status: paymentMethod === null ? "requires_payment_method" : "requires_confirmation",
  };
}

function confirm(intent: PaymentIntent, parameters: Parameters, account: Account): PaymentIntent {
  const paymentMethod = textOf(parameters, "payment_method") ?? intent.payment_method;
  if (!isOpen(intent)) throw unexpectedState("confirm", intent);
  if (paymentMethod === null)
    throw new StripeError(400, {
      code: "payment_intent_unexpected_state",
      message:
        "You cannot confirm this PaymentIntent because it's missing a payment method. Confirm it again with a payment method, such as payment_method=pm_card_visa.",
    });
  if (/chargeDeclined/.test(paymentMethod)) {
    change(intent, { status: "requires_payment_method", payment_method: null }, "payment_intent.payment_failed", account);
    throw new StripeError(402, {
      type: "card_error",
      code: "card_declined",
      declineCode: "generic_decline",
      message: "Your card was declined.",
    });
  }
  const paid = { amount_received: intent.amount, payment_method: paymentMethod, latest_charge: newStripeId("ch") };
  return change(intent, { status: "succeeded", ...paid }, "payment_intent.succeeded", account);
}

function cancel(intent: PaymentIntent, parameters: Parameters, account: Account): PaymentIntent {
  if (!isOpen(intent)) throw unexpectedState("cancel", intent);
  const reason = textOf(parameters, "cancellation_reason") ?? null;
  const changes = { status: "canceled", canceled_at: seconds(account.now()), cancellation_reason: reason } as const;
  return change(intent, changes, "payment_intent.canceled", account);
}

function change(intent: PaymentIntent, changes: Partial<PaymentIntent>, event: string, { intents, announce }: Account): PaymentIntent {
  const changed: PaymentIntent = Object.assign({}, intent, changes);
  intents.set(changed.id, changed);
  announce(event, changed);
  return changed;
}

const isOpen = ({ status }: PaymentIntent): boolean => status === "requires_payment_method" || status === "requires_confirmation";

function unexpectedState(action: string, { status }: PaymentIntent): StripeError {
  return new StripeError(400, {
    code: "payment_intent_unexpected_state",
    message: `You cannot ${action} this PaymentIntent because it has a status of ${status}.`,
  });
}
