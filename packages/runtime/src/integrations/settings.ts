import type { Model } from "@archwright/model";
import type { PartySettings } from "./adapter.ts";
import { adapterOf } from "./adapters.ts";

/** The settings of each integration, by its name. */
export type IntegrationSettings = { readonly [integration: string]: PartySettings };

export interface MissingSetting {
  readonly integration: string;
  readonly variable: string;
  readonly why: string;
}

/** What the environment says of each integration of the model, and what it ought to say and does not. */
export function settingsFromEnvironment(
  model: Model,
  environment: { readonly [variable: string]: string | undefined },
): { readonly settings: IntegrationSettings; readonly missing: readonly MissingSetting[] } {
  const missing: MissingSetting[] = [];
  const read = (variable: string): string | undefined => environment[variable]?.trim() || undefined;
  const settings = model.integrations.map(({ name, calls, webhooks }) => {
    const { defaultUrl, needsKey, variables } = adapterOf(name);
    const named = variables(name);
    const url = read(named.url) ?? defaultUrl;
    const key = read(named.key);
    const webhookSecrets = (read(named.webhookSecrets) ?? "")
      .split(",")
      .map((secret) => secret.trim())
      .filter((secret) => secret !== "");
    const miss = (variable: string, why: string): unknown => missing.push({ integration: name, variable, why });
    const called = calls.map((call) => call.name).join(", ");
    if (calls.length > 0 && url === undefined) miss(named.url, `Without it nobody knows where to call ${called}.`);
    if (calls.length > 0 && needsKey && key === undefined) miss(named.key, `Without it ${name} refuses ${called}.`);
    if (webhooks.length > 0 && webhookSecrets.length === 0)
      miss(named.webhookSecrets, `Without it nobody can tell an event of ${name} from one that a stranger sends.`);
    return [name, { ...(url !== undefined && { url }), ...(key !== undefined && { key }), webhookSecrets }] as const;
  });
  return { settings: Object.fromEntries(settings), missing };
}
