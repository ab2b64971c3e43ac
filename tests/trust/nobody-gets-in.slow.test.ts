import { assemble } from "@archwright/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import shopSystem from "../../examples/shop/system.ts";
import type { Answered, Caller, JsonObject } from "./caller.ts";
import { expectedAccess, type Asked, type Somebody, type Verdict } from "./expected-access.ts";
import { assertRefusal } from "./refusal.ts";
import { orderOf, password, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

const { model } = assemble(shopSystem);

let world: ShopWorld;
let anna: Customer;
let bert: Customer;
let staff: Caller;
let tea: string;

beforeAll(async () => {
  world = await shopWorld();
  [anna, bert, staff] = [await world.customer(), await world.customer(), await world.staff()];
  tea = await world.product(1_000_000);
});

afterAll(async () => {
  await world.close();
});

let keys = 0;
const newKey = (): string => `key-${(keys += 1)}`;

async function placeOrder(customer: Customer): Promise<string> {
  const { status, body } = await customer.send("POST", "/orders", { body: orderOf(tea), headers: { "idempotency-key": newKey() } });
  expect(status).toBe(201);
  return String(body["id"]);
}

/** A route of the contract, what it is in the model, and whose row it names. */
interface Cell {
  readonly method: string;
  readonly path: string;
  readonly asked: Omit<Asked, "target">;
  readonly names?: "order" | "product" | "user";
  readonly body?: () => unknown;
}

const product = { name: "Cup", price: { amount: 1_850, currency: "EUR" }, stock: 5 };
const cells: readonly Cell[] = [
  { method: "GET", path: "/orders", asked: { action: "list", entity: "orders.Order" } },
  { method: "POST", path: "/orders", asked: { action: { operation: "orders.placeOrder" } }, body: () => orderOf(tea) },
  { method: "GET", path: "/orders/{order}", asked: { action: { operation: "orders.getOrder" } }, names: "order" },
  { method: "POST", path: "/orders/{order}/cancel", asked: { action: { operation: "orders.cancelOrder" } }, names: "order" },
  { method: "POST", path: "/orders/{order}/payment", asked: { action: { operation: "payments.startPayment" } }, names: "order" },
  { method: "GET", path: "/products", asked: { action: { operation: "catalog.searchProducts" } } },
  { method: "POST", path: "/products", asked: { action: "create", entity: "catalog.Product" }, body: () => product },
  { method: "GET", path: "/products/{id}", asked: { action: "read", entity: "catalog.Product" }, names: "product" },
  {
    method: "PATCH",
    path: "/products/{id}",
    asked: { action: "update", entity: "catalog.Product" },
    names: "product",
    body: () => ({ name: "Tea" }),
  },
  { method: "GET", path: "/users/{id}", asked: { action: "read", entity: "identity.User" }, names: "user" },
  {
    method: "PATCH",
    path: "/users/{id}",
    asked: { action: "update", entity: "identity.User" },
    names: "user",
    body: () => ({ name: "Eve" }),
  },
];

const people = ["anyone", "anna", "bert", "staff"] as const;
const targets = ["anna's", "bert's", "nobody's"] as const;

const callerNamed = (who: (typeof people)[number]): Caller => ({ anyone: world.stranger(), anna, bert, staff })[who];
function somebody(who: (typeof people)[number]): Somebody {
  if (who === "anyone") return { role: undefined, id: undefined };
  return who === "staff" ? { role: "staff", id: "usr_staff" } : { role: "customer", id: { anna, bert }[who].id };
}

const unknownIds = {
  order: "ord_00000000000000000000000000",
  product: "prd_00000000000000000000000000",
  user: "usr_00000000000000000000000000",
} as const;
const entities = { order: "orders.Order", product: "catalog.Product", user: "identity.User" } as const;

/** A row of somebody's: its id, and what access rules may ask of it. */
async function rowOf(
  kind: keyof typeof entities,
  whose: (typeof targets)[number],
): Promise<{ id: string; row: Record<string, string> | undefined }> {
  if (whose === "nobody's") return { id: unknownIds[kind], row: undefined };
  const owner = whose === "anna's" ? anna : bert;
  if (kind === "user") return { id: owner.id, row: { id: owner.id } };
  if (kind === "product") return { id: tea, row: { id: tea } };
  const id = await placeOrder(owner);
  return { id, row: { id, buyer: owner.id } };
}

const statuses: { readonly [verdict in Exclude<Verdict, "served">]: number } = { unauthenticated: 401, forbidden: 403, "not-found": 404 };

function ask(caller: Caller, { method, path, body }: Pick<Cell, "method" | "path" | "body">, id = ""): Promise<Answered> {
  const address = `${path.replace(/\{\w+\}/, id)}${path === "/products" && method === "GET" ? "?words=tea" : ""}`;
  return caller.send(method, address, { ...(body && { body: body() }), headers: { "idempotency-key": newKey() } });
}

test("every route of the contract is in the matrix", async () => {
  const { body } = await world.stranger().get("/openapi.json");
  const paths = body["paths"] as JsonObject; // As OpenAPI has it.
  const contract = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as JsonObject).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const open = contract.filter((route) => /\/(auth|\.well-known|webhooks|health)\//.test(route));
  expect(cells.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
    contract.filter((route) => !open.includes(route)).toSorted(),
  );
});

describe("what the model says of who may do what is what happens", () => {
  const matrix = cells.flatMap((cell) =>
    people.flatMap((who) => (cell.names ? targets : ([undefined] as const)).map((whose) => ({ ...cell, who, whose }))),
  );
  test.each(matrix)("$who: $method $path of $whose row", async ({ who, whose, asked, names, ...cell }) => {
    const { id, row } = names && whose ? await rowOf(names, whose) : { id: "", row: undefined };
    const target = names && { target: { entity: entities[names], row } };
    const verdict = expectedAccess(model, somebody(who), { ...asked, ...target });
    const answered = await ask(callerNamed(who), cell, id);
    if (verdict === "served") expect([200, 201], answered.text).toContain(answered.status);
    else {
      expect(answered.status, answered.text).toBe(statuses[verdict]);
      assertRefusal(answered, who);
    }
  });

  test("what is refused has changed nothing", async () => {
    const [order, name] = [await placeOrder(anna), "Ada"];
    for (const caller of [world.stranger(), bert, staff]) {
      await caller.send("POST", `/orders/${order}/cancel`);
      await caller.send("POST", `/orders/${order}/payment`, { headers: { "idempotency-key": newKey() } });
      await caller.send("PATCH", `/users/${anna.id}`, { body: { name: "Eve" } });
    }
    expect((await anna.get(`/orders/${order}`)).body["status"]).toBe("pending");
    expect(await world.count(`select count(*) from payments.payment where "order" = '${order}'`)).toBe(0);
    await anna.send("PATCH", `/users/${anna.id}`, { body: { name } });
    await bert.send("PATCH", `/users/${anna.id}`, { body: { name: "Eve" } });
    expect((await anna.get(`/users/${anna.id}`)).body["name"]).toBe(name);
  });

  test("a list holds the caller's rows, and a filter does not reach past them", async () => {
    await Promise.all([placeOrder(anna), placeOrder(bert)]);
    const buyers = async (caller: Caller, query: string): Promise<unknown[]> =>
      ((await caller.get(`/orders?limit=100${query}`)).body.items ?? []).map((order) => order["buyer"]);
    expect(new Set(await buyers(anna, ""))).toEqual(new Set([anna.id]));
    expect(await buyers(anna, `&buyer=${bert.id}`)).toEqual([]);
    expect(new Set(await buyers(staff, `&buyer=${bert.id}`))).toEqual(new Set([bert.id]));
  });

  test("a cursor made of another's list leads into no other's rows", async () => {
    await Promise.all([placeOrder(anna), placeOrder(anna), placeOrder(bert)]);
    const { body } = await anna.get("/orders?limit=1&sort=placedAt");
    const stolen = await bert.get(`/orders?limit=100&sort=placedAt&after=${String(body["next"])}`);
    for (const order of stolen.body.items ?? []) expect(order["buyer"]).toBe(bert.id);
  });
});

describe("nobody learns what there is", () => {
  test.each(cells.filter(({ names }) => names && names !== "product"))(
    "$method $path answers a foreign id as it does an unknown one",
    async ({ names = "order", ...cell }) => {
      const foreign = names === "user" ? anna.id : await placeOrder(anna);
      const told = await Promise.all([foreign, unknownIds[names]].map(async (id) => anonymous(await ask(bert, cell, id), id)));
      expect(told[0]).toEqual(told[1]);
    },
  );

  function anonymous({ status, text, headers }: Answered, id: string): unknown {
    const { date: _date, "x-request-id": requestId, ratelimit: _left, "content-length": _length, ...others } = headers;
    return { status, text: text.replaceAll(id, "ID").replaceAll(String(requestId), "REQUEST"), others };
  }
});

describe("nobody writes what is not his to write", () => {
  const writes: readonly {
    readonly path: () => string | Promise<string>;
    readonly method: string;
    readonly by: () => Caller;
    readonly body: () => object;
    readonly name: string;
  }[] = [
    { name: "placing an order", method: "POST", path: () => "/orders", by: () => anna, body: () => orderOf(tea) },
    { name: "making a product", method: "POST", path: () => "/products", by: () => staff, body: () => product },
    { name: "changing a product", method: "PATCH", path: () => `/products/${tea}`, by: () => staff, body: () => ({ name: "Tea" }) },
    { name: "changing oneself", method: "PATCH", path: () => `/users/${anna.id}`, by: () => anna, body: () => ({ name: "Ada" }) },
    { name: "cancelling", method: "POST", path: async () => `/orders/${await placeOrder(anna)}/cancel`, by: () => anna, body: () => ({}) },
    { name: "paying", method: "POST", path: async () => `/orders/${await placeOrder(anna)}/payment`, by: () => anna, body: () => ({}) },
    {
      name: "signing up",
      method: "POST",
      path: () => "/auth/sign-up",
      by: () => world.stranger(),
      body: () => ({ email: `${newKey()}@shop.example`, password, name: "Eve" }),
    },
  ];
  const readOnly: Readonly<Record<string, unknown>> = {
    id: "prd_11111111111111111111111111",
    buyer: "usr_11111111111111111111111111",
    total: { amount: 1, currency: "EUR" },
    lines: [],
    status: "paid",
    placedAt: "2020-01-01T00:00:00Z",
    actor: "usr_11111111111111111111111111",
    account: "acc_1",
    role_: "staff",
    disabled_at: null,
    password_hash: "x",
    order: "ord_11111111111111111111111111",
    intent: "pi_1",
    amount: { amount: 1, currency: "EUR" },
    createdAt: "2020-01-01T00:00:00Z",
    _parent: "x",
    isAdmin: true,
  };

  test.each(writes)("$name takes no field that is not its own", async ({ method, path, by, body }) => {
    for (const [field, value] of Object.entries(readOnly)) {
      const answered = await by().send(method, await path(), {
        body: { ...body(), [field]: value },
        headers: { "idempotency-key": newKey() },
      });
      expect(answered.status, field).toBe(400);
      expect(answered.text, field).toContain("is not known");
    }
  });

  test.each(writes)("$name takes no field in its address either", async ({ method, path, by, body }) => {
    for (const field of ["id", "status", "role", "buyer", "total"]) {
      const answered = await by().send(method, `${await path()}?${field}=x`, { body: body(), headers: { "idempotency-key": newKey() } });
      expect([400, 201], field).toContain(answered.status);
      if (answered.status === 201) expect(answered.text).not.toContain('"role":"x"');
    }
  });

  test("nobody signs up as staff", async () => {
    for (const role of ["staff", "system", "anyone", "admin", ["staff"], null]) {
      const { status } = await world
        .stranger()
        .send("POST", "/auth/sign-up", { body: { email: `${newKey()}@shop.example`, password, name: "Eve", role } });
      expect(status, String(role)).toBe(400);
    }
    expect(await world.count("select count(*) from archwright.account where role <> 'customer'")).toBe(1);
  });

  test("what only the system does has no address", async () => {
    for (const path of ["/catalog/reserve-stock", "/orders/mark-paid", "/payments", "/orders/reserveStock", "/catalog.reserveStock"])
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"])
        expect([400, 404, 405], `${method} ${path}`).toContain((await staff.send(method, path, { body: {} })).status);
  });

  test("other spellings of an address are other addresses", async () => {
    const order = await placeOrder(anna);
    for (const path of [
      `/Orders/${order}`,
      `//orders/${order}`,
      `/orders/${order}/`,
      `/orders%2f${order}`,
      `/orders/${order.toUpperCase()}`,
      `/orders/./${order}`,
      `/orders/${order};x`,
      `/orders/${order}%20`,
      `/orders/${order}%0a`,
    ])
      for (const caller of [bert, world.stranger()]) expect([400, 401, 404], path).toContain((await caller.get(path)).status);
    expect((await bert.send("HEAD", `/orders/${order}`)).status).toBe(404);
    expect(
      (await bert.send("GET", `/orders/${order}`, { headers: { "x-http-method-override": "POST", "x-original-url": "/products" } })).status,
    ).toBe(404);
  });
});
