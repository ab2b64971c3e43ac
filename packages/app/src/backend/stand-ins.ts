import { randomBytes } from "node:crypto";
import type { Model } from "@archwright/model";
import { settingsFromEnvironment, startStripeStandIn, type IntegrationSettings } from "@archwright/runtime";
import type { Environment } from "./settings.ts";

export interface Parties {
  readonly settings: IntegrationSettings;
  /** What a person should know: who is stood in for, and who is not there. */
  readonly notes: readonly string[];
}

export interface StandIns {
  /** The third parties of a model: the real one where the environment has its key, a local stand-in where we have one. */
  partiesOf(model: Model): Promise<Parties>;
  /** Where the backend takes webhooks, once it is known. */
  deliverTo(backendUrl: string): void;
  close(): Promise<void>;
}

/** Third parties for development. A stand-in starts with the first model that needs it, and stays the same for those after it. */
export function createStandIns(environment: Environment): StandIns {
  let backendUrl = "";
  let started: Promise<Stripe> | undefined;
  return {
    async partiesOf(model) {
      const { settings, missing } = settingsFromEnvironment(model, environment);
      // A key of one's own is the wish for the real one, even if its webhooks cannot be told from a stranger's yet.
      const isStoodInFor = missing.some(({ integration }) => integration === "stripe") && settings["stripe"]?.key === undefined;
      const stripe = isStoodInFor ? await (started ??= startStripe(() => `${backendUrl}/webhooks/stripe`)) : undefined;
      const others = missing.filter(({ integration }) => !(stripe && integration === "stripe"));
      return {
        settings: { ...settings, ...(stripe && { stripe: stripe.settings }) },
        notes: [...(stripe ? [stripe.note] : []), ...others.map(({ variable, why }) => `${variable} is not set. ${why}`)],
      };
    },
    deliverTo: (url) => (backendUrl = url),
    close: async () => (await started)?.close(),
  };
}

interface Stripe {
  readonly settings: { readonly url: string; readonly key: string; readonly webhookSecrets: readonly string[] };
  readonly note: string;
  close(): Promise<void>;
}

async function startStripe(webhookUrl: () => string): Promise<Stripe> {
  const [key, webhookSecret] = ["sk_test_standin", `whsec_${randomBytes(24).toString("base64")}`];
  const { url, close } = await startStripeStandIn({ webhookUrl, secretKey: key, webhookSecret, now: () => new Date() });
  const note = `Stripe is stood in for at ${url} (key ${key}); set STRIPE_SECRET_KEY for the real one.`;
  return { settings: { url, key, webhookSecrets: [webhookSecret] }, note, close };
}
