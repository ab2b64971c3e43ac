import { assemble, routesOf, type JsonRecord, type Model } from "@archwright/model";
import { context, money, role, system, t } from "@archwright/model/language";
import { describe, expect, test } from "vitest";
import { emitOpenApi } from "./document.ts";

const Identity = context("identity", { owner: "platform", domain: "generic" });
const User = Identity.entity("User", { id: t.id("usr"), email: t.email(), key: t.secret() });
const customer = role("customer", User, { signUp: true });
const staff = role("staff", User);
const Stock = context("stock");
const reserve = Stock.command("reserve", { allow: "system", errors: { OutOfStock: 409 }, handle: async () => {} });
const Orders = context("orders");
const fields = {
  id: t.id("ord"),
  buyer: t.ref(User),
  note: t.text().deprecated("nobody reads it"),
  paid: t.bool().default(false),
  price: t.money("EUR").index(),
};
const Order = Orders.entity("Order", fields, {
  access: [
    { role: customer, can: ["read", "list"], where: (order, me) => order.buyer.eq(me.id) },
    { role: staff, can: ["read", "list", "update"] },
  ],
  invariants: { "an order is dear": (order) => order.paid },
});
const input = { note: t.text().max(9) };
Orders.command("place", {
  http: "POST /orders",
  allow: [customer],
  idempotent: "required",
  input,
  returns: Order,
  body: ({ input: { note }, me, atomic, create }) => {
    atomic(reserve, {});
    return create(Order, { buyer: me.id, note, price: money(1299, "EUR") });
  },
});
Orders.query("one", {
  http: "GET /orders/:order",
  deprecated: "it moved",
  input: { order: t.ref(Order) },
  returns: Order,
  body: ({ input: { order }, get }) => get(Order, order),
});
Orders.query("find", {
  input: { lines: t.list({ note: t.text() }), atMost: t.money("EUR"), note: t.text().optional() },
  returns: t.page(Order),
  body: ({ page }) => page(Order),
});

const { model } = assemble(system("shop", { contexts: [Identity, Stock, Orders] }));
const document = emitOpenApi(model, { hash: "h" });

/** What stands at the end of a way through the document. */
function at(...way: readonly string[]): unknown {
  return way.reduce<unknown>((part, name) => (part as JsonRecord | undefined)?.[name], document);
}

describe("the document", () => {
  test("has every route of the model, and nothing that the system keeps to itself", () => {
    const served = routesOf(model).map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:[^/]+/g, "{}")}`);
    const found = Object.entries(at("paths") as JsonRecord).flatMap(([path, item]) =>
      Object.keys(item as JsonRecord).map((method) => `${method} ${path.replace(/\{[^}]+\}/g, "{}")}`),
    );
    expect(found.filter((request) => !/auth|jwks/.test(request)).sort()).toEqual([...served].sort());
    expect(JSON.stringify(document)).not.toContain("reserve");
  });

  test("gives routes that differ in a parameter's name alone one path, with the author's name", () => {
    expect(Object.keys(at("paths", "/orders/{order}") as JsonRecord)).toEqual(["get", "patch"]);
    expect(at("paths", "/orders/{order}", "patch", "parameters", "0", "name")).toBe("order");
  });

  test("names an error of an operation inside the transaction by its own name", () => {
    expect(
      at("paths", "/orders", "post", "responses", "409", "content", "application/problem+json", "examples", "OutOfStock", "value"),
    ).toMatchObject({ code: "OutOfStock", status: 409, type: "/problems/OutOfStock" });
  });

  test("shows the rule that a broken invariant breaks", () => {
    expect(
      at("paths", "/orders", "post", "responses", "422", "content", "application/problem+json", "examples", "invariant-broken", "value"),
    ).toMatchObject({ detail: "an order is dear" });
  });

  test("asks for an Idempotency-Key where an operation acts once, and tells of a repetition", () => {
    expect(at("paths", "/orders", "post", "parameters")).toEqual([{ $ref: "#/components/parameters/Idempotency-Key" }]);
    expect(at("paths", "/orders", "post", "responses", "201", "headers")).toHaveProperty("Idempotency-Replayed");
    expect(at("paths", "/orders/{order}", "patch", "parameters")).toHaveLength(1);
  });

  test("asks for a token where roles may call, and for none where anyone may", () => {
    expect([at("paths", "/orders", "post", "security"), at("paths", "/orders/{order}", "get", "security")]).toEqual([[{ bearer: [] }], []]);
  });

  test("says in words which rows each role may have", () => {
    expect(at("paths", "/orders", "get", "description")).toBe(
      "Who may, and with which rows:\n\n- `customer`: rows where the buyer is the caller\n- `staff`: every row",
    );
  });

  test("links a page to the next one", () => {
    expect(at("paths", "/orders", "get", "responses", "200", "headers", "Link", "example")).toMatch(
      /^<\/orders\?limit=20&after=\w+>; rel="next"$/,
    );
    expect(at("paths", "/orders/{order}", "get", "responses", "200", "headers")).not.toHaveProperty("Link");
  });

  test("marks what is deprecated", () => {
    expect(at("paths", "/orders/{order}", "get")).toMatchObject({
      deprecated: true,
      description: expect.stringContaining("**Deprecated:** it moved."),
    });
    expect(at("components", "schemas", "Order", "properties", "note")).toMatchObject({ deprecated: true });
  });

  test("takes a list in a query as JSON, money as its amount, and does not ask for null", () => {
    const parameters = at("paths", "/orders/find", "get", "parameters") as readonly JsonRecord[];
    expect(parameters.slice(0, 3)).toMatchObject([
      { content: { "application/json": { schema: { type: "array" } } } },
      { schema: { type: "integer" }, example: 2598 },
      { schema: { type: "string" } },
    ]);
  });

  test("never names a secret in what is answered", () => {
    expect(at("components", "schemas", "User")).toBeUndefined();
    expect(JSON.stringify(at("paths", "/auth/sign-up", "post", "responses"))).not.toContain("key");
  });

  test("says which model it was made from", () => {
    expect(at("info", "x-archwright-model")).toBe("h");
  });
});

test("a model without roles has no way to sign in", () => {
  const Notes = context("notes");
  Notes.query("count", { returns: t.int() });
  const { components, tags } = emitOpenApi(assemble(system("hello", { contexts: [Notes] })).model, { hash: "h" });
  expect(components).not.toHaveProperty("securitySchemes");
  expect(tags).toEqual([{ name: "notes", description: "The context `notes`." }]);
});

test("operations of the same name are told apart by their contexts", () => {
  const [Left, Right] = [context("left"), context("right")];
  for (const one of [Left, Right]) one.query("count", { returns: t.int() });
  const { paths } = emitOpenApi(assemble(system("s", { contexts: [Left, Right] })).model satisfies Model, { hash: "h" });
  expect(Object.values(paths as JsonRecord)).toMatchObject([
    { get: { operationId: "left.count" } },
    { get: { operationId: "right.count" } },
  ]);
});
