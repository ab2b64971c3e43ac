import type { JsonRecord } from "@archwright/model";
import { notThere, type Account, type PaymentIntent, type StripeEndpoint } from "./stripe-account.ts";
import { StripeError } from "./stripe-error.ts";
import { amountOf, groupOf, requiredText, textOf, type Parameters } from "./stripe-form.ts";
import { newStripeId, seconds } from "./stripe-id.ts";
import { intentOf } from "./stripe-intents.ts";

/** What may be done with refunds. */
export function refundEndpoints(account: Account): readonly StripeEndpoint[] {
  const { refunds, refunded, announce, now } = account;
  return [
    {
      method: "POST",
      path: /^\/v1\/refunds$/,
      parameters: ["amount", "metadata", "payment_intent", "reason"],
      run(parameters) {
        const intent = intentOf(account, requiredText(parameters, "payment_intent"));
        const already = refunded.get(intent.id) ?? 0;
        const refund = newRefund(intent, already, parameters, now());
        refunded.set(intent.id, already + refund.amount);
        refunds.set(refund.id, refund);
        announce("refund.created", refund);
        return refund;
      },
    },
    {
      method: "GET",
      path: /^\/v1\/refunds\/(\w+)$/,
      parameters: ["expand"],
      run(_parameters, id) {
        const refund = refunds.get(id);
        if (!refund) throw notThere("refund", id);
        return refund;
      },
    },
  ];
}

function newRefund(intent: PaymentIntent, already: number, parameters: Parameters, now: Date): Refund {
  if (intent.status !== "succeeded")
    throw new StripeError(400, {
      param: "payment_intent",
      message: `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    });
  const left = intent.amount - already;
  if (left === 0) throw new StripeError(400, { code: "charge_already_refunded", message: "The charge has already been refunded." });
  const amount = textOf(parameters, "amount") === undefined ? left : amountOf(parameters, "amount");
  if (amount > left)
    throw new StripeError(400, {
      param: "amount",
      message: `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
    });
  return {
    id: newStripeId("re"),
    object: "refund",
    amount,
    charge: intent["latest_charge"] ?? null,
    created: seconds(now),
    currency: intent.currency,
    livemode: false,
    metadata: groupOf(parameters, "metadata"),
    payment_intent: intent.id,
    reason: textOf(parameters, "reason") ?? null,
    status: "succeeded",
  };
}

type Refund = JsonRecord & { readonly id: string; readonly amount: number };
