import type { Adapter } from "./adapter.ts";
import { generic } from "./generic.ts";
import { stripe } from "./stripe.ts";

/** The third parties whose own API is known. Everybody else is spoken to in the plain way. */
const adapters: readonly Adapter[] = [stripe];

export function adapterOf(integration: string): Adapter {
  return adapters.find(({ name }) => name === integration.toLowerCase()) ?? generic;
}
