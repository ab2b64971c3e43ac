import { idPrefix, placesOf, routesOf, type Field, type FieldKind, type Lookup, type Route } from "@archwright/model";
import fc from "fast-check";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import { createApp, type App } from "../../packages/runtime/src/http/app.ts";
import type { Identity } from "../../packages/runtime/src/identity/identity.ts";
import { createLogger } from "../../packages/runtime/src/observability/logger.ts";
import everything from "../fixtures/everything.ts";
import { runModel, type RunningModel } from "./running-model.ts";

const [organisation, person] = [newId("org"), newId("per")];
let backend: RunningModel;
let app: App;
let errors: string[] = [];
let role = "";

// Whoever shows any token is the person, in the role that is tried.
const trusting = {
  recall: () => ({ caller: { role, id: person }, session: "ses_1", tag: "tag", expiresAtMs: Number.MAX_SAFE_INTEGER }),
} as unknown as Identity; // No other word of it is used.

beforeAll(async () => {
  backend = await runModel(everything);
  const { model, pool, executor } = backend;
  await backend.seed({
    "directory.Organisation": [{ id: organisation, name: "Org" }],
    "directory.Person": [{ id: person, organisation, email: "ada@example.com", name: "Ada", skills: [] }],
  });
  const logger = createLogger({ level: "error", format: "json", write: (text) => errors.push(text), now: () => new Date() });
  app = createApp({
    model,
    executor,
    identity: trusting,
    logger,
    ready: (timeoutMs) => pool.ping(timeoutMs),
    settings: { rateLimits: "off" },
  });
}, 60_000);
afterAll(async () => {
  await app.close(0);
  await backend.close();
});

test("no value that a field can have makes any route fail", async () => {
  for (const route of routesOf(backend.model)) {
    await fc.assert(
      fc.asyncProperty(rolesOf(route), inputOf(route), async (tried, input) => {
        role = tried;
        errors = [];
        const response = await send(route, input);
        expect(response.statusCode < 500 ? "" : `${route.method} ${route.path} as ${role}: ${errors.join("")}`).toBe("");
      }),
      { numRuns: 100 },
    );
  }
}, 120_000);

type Given = Readonly<Record<string, unknown>>;
interface Input {
  readonly path: Given;
  readonly query: Given;
  readonly body: Given;
}

const rolesOf = ({ roles }: Route): fc.Arbitrary<string> =>
  roles.kind === "roles" ? fc.constantFrom(...roles.roles) : fc.constant("clerk");

function inputOf(route: Route): fc.Arbitrary<Input> {
  const { path, query, body } = placesOf(backend.model, route);
  const perhaps = query.map((field) => ({ ...field, optional: true as const }));
  return fc.record({ path: recordOf(path), query: recordOf(perhaps), body: recordOf(body) });
}

function send({ method, path: pattern }: Route, { path, query, body }: Input): Promise<LightMyRequestResponse> {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [] : [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]],
  );
  const url = `${pattern.replace(/:([^/]+)/g, (_, name: string) => encodeURIComponent(String(path[name])))}?${new URLSearchParams(parameters).toString()}`;
  const headers = { authorization: "Bearer any", "idempotency-key": newId("key"), "content-type": "application/json" };
  return app.fastify.inject({ method, url, headers, ...(method !== "GET" && { payload: JSON.stringify(body) }) });
}

function recordOf(fields: readonly Field[]): fc.Arbitrary<Given> {
  const values = fields.map((field) => [field.name, field.optional ? fc.option(valueOf(field)) : valueOf(field)] as const);
  const requiredKeys = fields.filter((field) => !field.optional && field.default === undefined).map(({ name }) => name);
  return fc.record(Object.fromEntries(values), { requiredKeys });
}

function valueOf(field: Field): fc.Arbitrary<unknown> {
  // Each kind's function is only ever called with a field of its kind.
  return (values[field.kind] as (field: Field, lookup: Lookup) => fc.Arbitrary<unknown>)(field, backend.lookup);
}

type FieldWith<K extends FieldKind> = Extract<Field, { kind: K }> extends never ? Field : Extract<Field, { kind: K }>;
type Values = { readonly [K in FieldKind]: (field: FieldWith<K>, lookup: Lookup) => fc.Arbitrary<unknown> };

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "a", "x".repeat(5_000), "'\"\\", "\u{10FFFF}", "{}", "[1]", "\\N", "NULL", "\ufeff", "%_"),
);
const cut = (text: string, max: number | string | undefined): string =>
  Array.from(text)
    .slice(0, Number(max ?? Infinity))
    .join("");
const wholeNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
);

const values: Values = {
  id: ({ prefix }) => fc.constant(newId(prefix)),
  text: (field) => ("pattern" in field ? fc.constantFrom("ABC", "XYZ") : anyText.map((text) => cut(text, field.max))),
  int: () => wholeNumber,
  bool: () => fc.boolean(),
  time: () =>
    fc.constantFrom(
      "2026-01-31T10:00:00Z",
      "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59.999999999Z",
      "1900-01-01T00:00:00-00:00",
      "9999-12-31T23:59:59-23:59",
    ),
  date: () => fc.constantFrom("0001-01-01", "9999-12-31", "2024-02-29", "1799-12-31"),
  duration: () => fc.constantFrom("0ms", "1d", "99999999.999d", "1.5h", "0.001s"),
  email: () => fc.constantFrom("ada@example.com", "A'b@example.com", `${"x".repeat(240)}@e.co`),
  url: () => fc.constantFrom("https://example.com", "mailto:a@b.c", "http://a/%00"),
  phone: () => fc.constant("+4930123456"),
  secret: () => anyText.filter((text) => text !== ""),
  decimal: ({ digits, places }) => fc.constantFrom("0", "-0", "00001", "9".repeat(digits - places), "1.5", "0.01", "-0.00"),
  money: ({ currency }) => wholeNumber.map((amount) => ({ amount, currency })),
  oneOf: ({ values: choices }) => fc.constantFrom(...choices),
  state: ({ moves }) => fc.constantFrom(...Object.keys(moves)),
  json: ({ fields }) => recordOf(fields),
  ref: ({ entity }, lookup) => fc.constantFrom(organisation, person, newId(idPrefix(lookup.entity(entity)) ?? "x")),
  list: ({ fields, min, max }) => fc.array(recordOf(fields), { minLength: Number(min ?? 0), maxLength: Math.min(3, Number(max ?? 3)) }),
  page: () => fc.constant(null),
  file: () => fc.constant(newId("file")),
};
