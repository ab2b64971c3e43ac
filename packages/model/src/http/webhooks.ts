import type { Model } from "../model/model.ts";
import { kebab } from "./words.ts";

/** Where an integration sends us its events. */
export interface WebhookRoute {
  readonly method: "POST";
  readonly path: string;
  readonly integration: string;
}

export function webhookRoutesOf(model: Model): readonly WebhookRoute[] {
  return model.integrations.flatMap(({ name, webhooks }) =>
    webhooks.length === 0 ? [] : [{ method: "POST" as const, path: `/webhooks/${kebab(name)}`, integration: name }],
  );
}
