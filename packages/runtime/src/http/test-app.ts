import { assemble, money, type Model } from "@archwright/model";
import { context, role, system, t } from "@archwright/model/language";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import type { Answer, CallContext, Executor, InputValues, ListQuery } from "../execution/seams.ts";
import type { Verified } from "../identity/access-tokens.ts";
import type { Identity } from "../identity/identity.ts";
import { createLogger } from "../observability/logger.ts";
import { ProblemError } from "../problem.ts";
import { createApp, type App, type AppOptions } from "./app.ts";

/** A model with a field of each kind, a route of each shape, and roles. */
function testModel(): Model {
  const People = context("people");
  const User = People.entity("User", { id: t.id("usr"), email: t.email().unique(), name: t.text().max(40), nick: t.text().optional() });
  const customer = role("customer", User, { signUp: true });
  const staff = role("staff", User);
  People.access(User, [{ role: customer, can: ["read", "update"], where: (user, me) => user.id.eq(me.id) }]);
  const Shop = context("shop");
  const Thing = Shop.entity(
    "Thing",
    {
      id: t.id("thg"),
      name: t.text().min(2).max(20),
      code: t
        .text()
        .pattern(/[A-Z]{3}/)
        .optional(),
      count: t.int().min(0).index(),
      price: t.money("EUR"),
      weight: t.decimal(6, 2).min(0).optional(),
      made: t.time().optional(),
      day: t.date().optional(),
      wait: t.duration().optional(),
      live: t.bool().default(true),
      kind: t.oneOf("a", "b").default("a"),
      key: t.secret().optional(),
      owner: t.ref(User).optional(),
      place: t.json({ room: t.text() }).optional(),
      parts: t.list({ part: t.text(), count: t.int().min(1) }).max(3),
    },
    { access: [{ role: staff, can: ["list", "read", "create", "update", "delete"] }] },
  );
  Shop.command("order", {
    http: "POST /orders" as const,
    allow: [customer],
    input: { thing: t.ref(Thing), count: t.int().min(1) },
    returns: { total: t.money("EUR") },
    errors: { OutOfStock: 409 },
    idempotent: "required" as const,
    body: () => ({ total: money(1n, "EUR") }),
  });
  Shop.query("search", {
    http: "GET /search" as const,
    allow: "anyone" as const,
    input: { words: t.text().max(20) },
    returns: t.page(Thing),
    body: ({ input, page }) => page(Thing, { where: (thing) => thing.name.startsWith(input.words) }),
  });
  Shop.command("ping", { http: "POST /ping", allow: "anyone", input: {}, handle: async () => undefined });
  return assemble(system("tests", { contexts: [People, Shop] })).model;
}

const model = testModel();
export const ids = { thing: `thg_${"0".repeat(26)}`, user: `usr_${"1".repeat(26)}` };

/** A thing as the executor answers it. */
export const row = {
  id: ids.thing,
  name: "Cup",
  code: null,
  count: 1,
  price: { amount: 100, currency: "EUR" },
  weight: null,
  made: null,
  day: null,
  wait: null,
  live: true,
  kind: "a",
  owner: null,
  place: null,
  parts: [{ part: "handle", count: 1 }],
};

type Asked = { readonly what: string; readonly input: unknown; readonly context: CallContext };

/** An app before an executor that remembers what it was asked and answers as it was told. */
export interface TestApp {
  readonly app: App;
  readonly asked: readonly Asked[];
  readonly logged: () => string;
  ask(request: InjectOptions | string): Promise<LightMyRequestResponse>;
}

export interface TestAppOptions extends Partial<AppOptions> {
  readonly answer?: (what: string, input: unknown, context: CallContext) => unknown;
}

export function testApp({ answer = () => undefined, ...options }: TestAppOptions = {}): TestApp {
  const asked: Asked[] = [];
  const note = async (what: string, input: unknown, context: CallContext): Promise<unknown> => {
    asked.push({ what, input, context });
    return answer(what, input, context);
  };
  let logged = "";
  const logger = createLogger({ level: "info", format: "json", write: (text) => (logged += text), now: () => new Date() });
  const app = createApp({
    model,
    logger,
    executor: executorOf(note),
    identity: testIdentity,
    ready: async () => undefined,
    openapi: { openapi: "3.1.0" },
    ...options,
  });
  const said = (): string => {
    logger.flush();
    return logged;
  };
  return { app, asked, logged: said, ask: (request) => app.fastify.inject(request) };
}

function executorOf(note: (what: string, input: unknown, context: CallContext) => Promise<unknown>): Executor {
  // The tests say what each answer is, and it is of the kind that the method answers.
  return {
    answer: async (operation, input, context) => ((await note(operation, input, context)) ?? { status: 204, body: undefined }) as Answer,
    list: async (entity, query: ListQuery, context) =>
      ((await note(`list ${entity}`, query, context)) ?? { items: [], next: null }) as never,
    read: async (entity, id, context) => (await note(`read ${entity}`, id, context)) as never,
    create: async (entity, values: InputValues, context) => (await note(`create ${entity}`, values, context)) as never,
    update: async (entity, id, changes, context) => (await note(`update ${entity}`, { id, changes }, context)) as never,
    remove: async (entity, id, context) => void (await note(`delete ${entity}`, id, context)),
    runAsSystem: () => Promise.reject(new Error("not over HTTP")),
    runJob: () => Promise.reject(new Error("not over HTTP")),
  };
}

/** The tokens `customer` and `staff` speak for one of each; `fresh-…` ones have not been seen before, and no other is good. */
const testIdentity: Identity = {
  recall: (token) => (token === "customer" || token === "staff" ? verified(token) : undefined),
  verify: async (token) => {
    if (token.startsWith("fresh-")) return verified("customer");
    throw new ProblemError("unauthenticated", 401, { detail: "The access token is not one of ours." });
  },
  signUp: async ({ role: name }) => tokensOf(name),
  signIn: async () => tokensOf("customer"),
  refresh: async () => tokensOf("customer"),
  signOut: async () => undefined,
  publishedKeys: async () => ({ keys: [] }),
  rotateKeys: async () => undefined,
};

const verified = (name: string): Verified => ({
  caller: { role: name, id: `${name}-1` },
  session: "ses_1",
  tag: "abc123",
  expiresAtMs: Number.MAX_SAFE_INTEGER,
});
const tokensOf = (name: string) => ({ accessToken: "access", expiresInSeconds: 600, refreshToken: "refresh", role: name, actor: ids.user });

export const as = (token: string) => ({ authorization: `Bearer ${token}` });
