import { randomBytes } from "node:crypto";
import type { Model } from "@archwright/model";
import { settingsFromEnvironment, startStripeStandIn, type IntegrationSettings } from "@archwright/runtime";

export interface StandIns {
  readonly settings: IntegrationSettings;
  /** What a person should know: who is stood in for, and who is not there. */
  readonly notes: readonly string[];
  /** Where the backend takes webhooks, once it is known. */
  deliverTo(backendUrl: string): void;
  close(): Promise<void>;
}

/** Third parties for development: the real one where the environment has its key, a local stand-in where we have one. */
export async function startStandIns(model: Model, environment: Readonly<Record<string, string | undefined>>): Promise<StandIns> {
  const { settings, missing } = settingsFromEnvironment(model, environment);
  const absent = [...new Set(missing.map(({ integration }) => integration))];
  let backendUrl = "";
  const stripe = absent.includes("stripe") ? await startStripe(() => `${backendUrl}/webhooks/stripe`) : undefined;
  const others = absent.filter((name) => name !== "stripe");
  return {
    settings: { ...settings, ...(stripe && { stripe: stripe.settings }) },
    notes: [
      ...(stripe ? [`Stripe is stood in for at ${stripe.settings.url} (key ${stripe.settings.key}); set STRIPE_SECRET_KEY for the real one.`] : []),
      ...others.map((name) => `${name} is not there: calls to it fail until ${missing.filter(({ integration }) => integration === name).map(({ variable }) => variable).join(" and ")} is set.`),
    ],
    deliverTo: (url) => (backendUrl = url),
    close: async () => stripe?.close(),
  };
}

interface Stripe {
  readonly settings: { readonly url: string; readonly key: string; readonly webhookSecrets: readonly string[] };
  close(): Promise<void>;
}

async function startStripe(webhookUrl: () => string): Promise<Stripe> {
  const [key, webhookSecret] = ["sk_test_standin", `whsec_${randomBytes(24).toString("base64")}`];
  const { url, close } = await startStripeStandIn({ webhookUrl, secretKey: key, webhookSecret, now: () => new Date() });
  return { settings: { url, key, webhookSecrets: [webhookSecret] }, close };
}
