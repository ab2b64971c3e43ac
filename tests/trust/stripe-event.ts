import { createHmac } from "node:crypto";
import type { Answered } from "./caller.ts";
import type { ShopWorld } from "./shop-world.ts";

/** What Stripe tells of a payment. */
export const paymentEvent = (id: string, order: string, more: object = {}): string =>
  JSON.stringify({
    id,
    type: "payment_intent.succeeded",
    data: { object: { amount_received: 1_290, currency: "eur", metadata: { order }, ...more } },
  });

/** Delivers it once, signed as Stripe signs. */
export function deliver({ stranger, webhookSecret }: ShopWorld, body: string): Promise<Answered> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const signature = createHmac("sha256", webhookSecret).update(`${timestamp}.${body}`).digest("hex");
  const headers = { "stripe-signature": `t=${timestamp},v1=${signature}` };
  return stranger().send("POST", "/webhooks/stripe", { bytes: body, headers });
}
