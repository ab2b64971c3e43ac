import {
  freeze,
  modelVersion,
  type Context,
  type Event,
  type Model,
  type Operation,
  type Quantity,
  type Requirements,
  type Role,
} from "@archwright/model";
import { chanceOf, type Chance } from "./random-model/chance.ts";
import { randomEntities } from "./random-model/entities.ts";
import { randomFields } from "./random-model/fields.ts";
import { randomFollowers } from "./random-model/followers.ts";
import { randomThirdParties } from "./random-model/integrations.ts";
import { randomOperations } from "./random-model/operations.ts";

/**
 * A canonical model for tests that ask something of every model: sensible enough to be decided, and odd enough to be a trial.
 *
 * @param seed The same model for the same seed, in every process.
 * @param contextsMax From 1 to 6: few for a counterexample that is easy to read.
 */
export function randomModel(seed: number, contextsMax = 6): Model {
  const chance = chanceOf(seed);
  const contexts = contextNames.slice(0, chance.whole(1, contextsMax)).map((name) => randomContext(chance, name));
  const roles = randomRoles(chance, contexts[0]?.name ?? "");
  const entities = randomEntities(
    chance,
    contexts.map(({ name }) => name),
    roles,
  );
  const ids = entities.map(({ id }) => id);
  const { integrations, webhooks } = randomThirdParties(chance, ids);
  const own = contexts.flatMap(({ name }) => randomEvents(chance, name, ids, roles[0]?.actor));
  const operations = contexts.reduce<readonly Operation[]>(
    (earlier, { name: context }) => [
      ...earlier,
      ...randomOperations(chance, {
        context,
        roles,
        entities: entities.filter((entity) => entity.context === context),
        events: own.filter((event) => event.context === context),
        allEntities: ids,
        integrations,
        earlier,
      }),
    ],
    [],
  );
  const events = [...own, ...webhooks];
  const followers = randomFollowers(chance, { entities, events, operations, roles });
  return freeze({
    version: modelVersion,
    name: `model-${seed}`,
    requirements: randomRequirements(chance, operations),
    contexts: contexts.sort(byName),
    roles: [...roles].sort(byName),
    entities: [...entities].sort(byId),
    operations: [...operations].sort(byId),
    events: events.sort(byId),
    integrations: [...integrations].sort(byName),
    reactions: [...followers.reactions].sort(byId),
    messages: [...followers.messages].sort(byId),
    jobs: [...followers.jobs].sort(byId),
    origins: Object.fromEntries(
      [...ids, ...operations.map(({ id }) => id)].sort().map((id, line) => [id, { file: "random.ts", line: line + 1, column: 1 }]),
    ),
  });
}

const contextNames: readonly string[] = ["identity", "orders", "catalog", "payments", "shipping", "reports"];
const byId = (left: { readonly id: string }, right: { readonly id: string }): number => (left.id < right.id ? -1 : 1);
const byName = (left: { readonly name: string }, right: { readonly name: string }): number => (left.name < right.name ? -1 : 1);

function randomContext(chance: Chance, name: string): Context {
  return {
    name,
    ...(chance.holds(0.5) && { owner: chance.one(["one", "two", "three"]) }),
    ...(chance.holds(0.5) && { domain: chance.one(["core", "supporting", "generic"]) }),
    ...(chance.holds(0.2) && { availability: chance.one([0.99, 0.999, 0.9999]) }),
    accept: {},
  };
}

function randomRoles(chance: Chance, first: string): readonly Role[] {
  const actor = `${first}.Person`;
  return chance.some<Role>(
    [
      { name: "customer", actor, ...(chance.holds(0.6) && { signUp: true as const }) },
      { name: "staff", actor },
      { name: "robot", actor },
    ],
    0.6,
  );
}

function randomEvents(chance: Chance, context: string, entities: readonly string[], actor: string | undefined): readonly Event[] {
  return chance.times(0, 3, (index) => ({
    id: `${context}.Happened${index}`,
    context,
    name: `Happened${index}`,
    fields: [
      ...(actor !== undefined && chance.holds(0.5) ? [{ kind: "ref" as const, name: "person", entity: actor }] : []),
      ...randomFields(chance, entities, "fact", chance.whole(0, 4)),
    ],
    accept: {},
  }));
}

function randomRequirements(chance: Chance, operations: readonly Operation[]): Requirements {
  const maybe = <K extends string>(key: K, value: number, ask: string): { readonly [P in K]?: Quantity } =>
    (chance.holds(0.5) ? { [key]: chance.quantity(value, ask) } : {}) as { readonly [P in K]?: Quantity }; // A computed key is any string to the compiler.
  const outside = operations.filter(({ allow }) => allow.kind !== "system").map(({ id }) => id);
  return {
    ...maybe("users", Math.round(chance.scale(10, 1e7)), "How many people use it?"),
    ...(chance.holds(0.3) && {
      tenants: {
        count: chance.quantity(Math.round(chance.scale(1, 50_000)), "How many companies use it?"),
        ...(chance.holds(0.5) && { largestShare: chance.quantity(Number(chance.share().toPrecision(2)), "How large is the largest?") }),
      },
    }),
    clients: chance.some(["web", "mobile", "mobile-offline", "partner", "device"], 0.3),
    ...maybe("team", chance.whole(1, 60), "How many people build it?"),
    skills: chance.some(["typescript", "python", "java", "go", "csharp", "ruby", "php", "kubernetes", "kafka"], 0.2),
    ...(chance.holds(0.5) && {
      budget: { perMonth: chance.quantity(chance.scale(50, 100_000), "What may it cost?"), currency: chance.one(["EUR", "USD", "GBP"]) },
    }),
    ...(chance.holds(0.5) && { region: chance.one(["eu", "us", "apac"]) }),
    comply: chance.some(["gdpr", "pci-saq-a", "soc2", "hipaa"], 0.25),
    ...(chance.holds(0.6) && { availability: chance.one([0.9, 0.99, 0.995, 0.999, 0.9995, 0.9999]) }),
    ...(chance.holds(0.4) && { rpoMs: chance.whole(0, 86_400_000) }),
    ...(chance.holds(0.4) && { rtoMs: chance.whole(30_000, 86_400_000) }),
    load: chance.some(outside, 0.5).map((operation) => {
      const mean = chance.scale(0.001, 3_000);
      return {
        operation,
        meanPerSecond: chance.quantity(mean, `How often does ${operation} run?`),
        ...(chance.holds(0.6) && { peakPerSecond: chance.quantity(mean * chance.scale(1, 20), `How often on the busiest day?`) }),
      };
    }),
    ...maybe("growthPerYear", chance.scale(0.05, 4), "By how much does it grow?"),
    pins: [],
    accept: {},
  };
}
