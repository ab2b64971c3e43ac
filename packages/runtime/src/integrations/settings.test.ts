import { expect, test } from "vitest";
import { settingsFromEnvironment } from "./settings.ts";
import { carrier, shop } from "./test-systems.ts";

test("Stripe needs a key and a webhook secret, and has an address of its own", () => {
  const { settings, missing } = settingsFromEnvironment(shop().model, {});
  expect(settings).toEqual({ stripe: { url: "https://api.stripe.com", webhookSecrets: [] } });
  expect(missing.map(({ integration, variable, why }) => `${integration}: ${variable}. ${why}`)).toEqual([
    "stripe: STRIPE_SECRET_KEY. Without it stripe refuses createPaymentIntent, retrievePaymentIntent, confirmPaymentIntent, cancelPaymentIntent, createRefund.",
    "stripe: STRIPE_WEBHOOK_SECRET. Without it nobody can tell an event of stripe from one that a stranger sends.",
  ]);
});

test("secrets are separated by commas, and an empty variable is as good as none", () => {
  const environment = { STRIPE_SECRET_KEY: " sk_test_1 ", STRIPE_WEBHOOK_SECRET: "whsec_one, whsec_two,", STRIPE_URL: "" };
  expect(settingsFromEnvironment(shop().model, environment)).toEqual({
    settings: { stripe: { url: "https://api.stripe.com", key: "sk_test_1", webhookSecrets: ["whsec_one", "whsec_two"] } },
    missing: [],
  });
});

test("anybody else needs a URL, and a key only if they ask for one", () => {
  const { missing } = settingsFromEnvironment(carrier().model, { PARCEL_CARRIER_WEBHOOK_SECRET: "s" });
  expect(missing).toEqual([
    { integration: "parcelCarrier", variable: "PARCEL_CARRIER_URL", why: "Without it nobody knows where to call bookPickup, ringBell." },
  ]);
});
