import { integration, t } from "archwright";
import { Plan } from "./entitlements.ts";

export const store = t.oneOf("apple", "google", "stripe"), transaction = t.text().min(1).max(300);

// Each store tells us what happened at least once, in any order, and hours late when it has had a bad night itself.
export const told = { notification: t.text().max(120), transaction, until: t.time(), at: t.time() };
const found = { product: t.text().max(100), until: t.time(), at: t.time(), ended: t.bool(), refunded: t.bool() };
export const Apple = integration("apple", {
  calls: { getAppleSubscription: { input: { transaction }, returns: found, p50: "180ms", p99: "900ms", limit: "50/s", availability: "99.8%" } },
  webhooks: { DID_RENEW: told, EXPIRED: told, REFUND: told },
  verify: "signature", onFailure: { timeout: "2s", retries: 0, breaker: { open: "50%", over: "30s" }, then: "fail" },
});
export const Google = integration("google", {
  calls: {
    getGoogleSubscription: { input: { transaction }, returns: found, p50: "150ms", p99: "800ms", limit: "50/s", availability: "99.9%" },
    // What is not acknowledged within three days, Google gives back to the buyer.
    acknowledgePurchase: { input: { transaction }, p50: "120ms", p99: "700ms", limit: "50/s", availability: "99.9%", idempotencyKey: true },
  },
  webhooks: { SUBSCRIPTION_RENEWED: told, SUBSCRIPTION_EXPIRED: told, SUBSCRIPTION_REVOKED: told },
  verify: "token", onFailure: { timeout: "2s", retries: 0, breaker: { open: "50%", over: "30s" }, then: "fail" },
});
export const Stripe = integration("stripe", {
  calls: {
    createPaymentIntent: {
      input: { plan: t.ref(Plan), amount: t.money("EUR") }, returns: { intent: transaction, clientSecret: t.text() },
      p50: "250ms", p99: "900ms", limit: "100/s", availability: "99.99%", idempotencyKey: true,
    },
    createRefund: {
      input: { intent: transaction }, returns: { refund: t.text() },
      p50: "300ms", p99: "1s", limit: "100/s", availability: "99.99%", idempotencyKey: true,
    },
  },
  webhooks: { "payment_intent.succeeded": { intent: transaction }, "charge.refunded": { intent: transaction } },
  verify: "signature", holds: ["card number"], onFailure: { timeout: "2s", retries: 0, breaker: { open: "50%", over: "30s" }, then: "fail" },
});
