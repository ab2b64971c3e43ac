import type { Event, Integration } from "@archwright/model";
import type { Chance } from "./chance.ts";
import { randomFields } from "./fields.ts";

export interface ThirdParties {
  readonly integrations: readonly Integration[];
  readonly webhooks: readonly Event[];
}

export function randomThirdParties(chance: Chance, entities: readonly string[]): ThirdParties {
  const made = names.slice(0, chance.whole(0, names.length)).map((name) => randomThirdParty(chance, name, entities));
  return { integrations: made.map(({ integration }) => integration), webhooks: made.flatMap(({ webhooks }) => webhooks) };
}

const names: readonly string[] = ["bank", "carrier", "mapper"];
const verbs: readonly [string, ...string[]] = ["charge", "getQuote", "printLabel", "search"];

function randomThirdParty(
  chance: Chance,
  name: string,
  entities: readonly string[],
): { readonly integration: Integration; readonly webhooks: readonly Event[] } {
  const webhooks = chance.times(0, 2, (index): Event => ({
    id: `${name}.told.${index}`,
    integration: name,
    name: `told.${index}`,
    fields: randomFields(chance, entities, "fact", chance.whole(0, 3)),
    accept: {},
  }));
  const integration: Integration = {
    name,
    calls: chance.times(1, 3, (index) => randomCall(chance, name, `${chance.one(verbs)}${index}`, entities)),
    webhooks: webhooks.map(({ id }) => id),
    ...(webhooks.length > 0 && chance.holds(0.7) && { verify: chance.one(["signature", "mtls", "token"]) }),
    holds: chance.holds(0.2) ? ["card number"] : [],
    ...(chance.holds(0.8) && {
      onFailure: {
        ...(chance.holds(0.6) && { timeoutMs: chance.scale(100, 30_000) }),
        retries: chance.whole(0, 4),
        ...(chance.holds(0.4) && { breaker: { openShare: 0.5, overMs: 10_000 } }),
        then: chance.one(["fail", "queue", "degrade"]),
      },
    }),
    accept: {},
  };
  return { integration, webhooks };
}

function randomCall(chance: Chance, integration: string, name: string, entities: readonly string[]): Integration["calls"][number] {
  const p50 = chance.scale(5, 3_000);
  return {
    id: `${integration}.${name}`,
    name,
    input: randomFields(chance, entities, "input", chance.whole(0, 3)),
    returns: randomFields(chance, entities, "result", chance.whole(0, 2)),
    p50Ms: chance.quantity(p50, `How long does ${name} take?`),
    p99Ms: chance.quantity(p50 * chance.scale(1.2, 10), `How long does ${name} take on a slow day?`),
    ...(chance.holds(0.5) && { limitPerSecond: chance.quantity(chance.scale(0.5, 2_000), `How often may ${name} be called?`) }),
    ...(chance.holds(0.5) && { availability: chance.one([0.9, 0.99, 0.999, 0.9999]) }),
    ...(chance.holds(0.5) && { idempotencyKey: true as const }),
  };
}
