import { assemble, authRoutesOf, exampleRecord, placesOf, routesOf, schemaScope, type Field } from "@archwright/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import shopSystem from "../../examples/shop/system.ts";
import type { Answered, Caller } from "./caller.ts";
import { cursors, jsonValues, texts } from "./hostile-values.ts";
import { assertRefusal } from "./refusal.ts";
import { orderOf, password, shopWorld, type Customer, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let customers: readonly Customer[];
let staff: readonly Caller[];
let tea: string;
let order: string;

beforeAll(async () => {
  world = await shopWorld();
  customers = await Promise.all(Array.from({ length: 3 }, () => world.customer()));
  staff = await Promise.all(Array.from({ length: 4 }, () => world.staff()));
  tea = await world.product(1_000_000);
  const { body } = await first(customers).send("POST", "/orders", { body: orderOf(tea), headers: { "idempotency-key": "first" } });
  order = String(body["id"]);
});

afterAll(async () => {
  await world.close();
});

function first<T>(all: readonly T[]): T {
  const [one] = all;
  if (one === undefined) throw new Error("There is none.");
  return one;
}

const { model } = assemble(shopSystem);
const scope = schemaScope(model);
const routes = routesOf(model).map((route) => ({ ...route, places: placesOf(model, route) }));
let turn = 0;

/** Whoever may come furthest, each in turn, so that nobody's limit is what answers. */
function asker(roles: readonly string[]): Caller {
  turn += 1;
  const all: readonly Caller[] = roles.includes("staff") ? staff : customers;
  return all[turn % all.length] ?? first(all);
}

function pathOf(path: string, replaced?: { readonly name: string; readonly text: string }): string {
  return path.replace(/:(\w+)/g, (_, name: string) =>
    replaced?.name === name
      ? encodeURIComponent(replaced.text)
      : path.startsWith("/products")
        ? tea
        : path.startsWith("/users")
          ? first(customers).id
          : order,
  );
}

const bodyWith = (fields: readonly Field[], name: string, json: string): string => {
  const valid: Record<string, unknown> = {
    ...exampleRecord(scope, fields),
    ...(fields.some((field) => field.name === "items") && orderOf(tea)),
  };
  delete valid[name];
  const others = Object.entries(valid).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${[...others, `${JSON.stringify(name)}:${json}`].join(",")}}`;
};

async function assertNoFailure(asked: Promise<Answered>, what: string): Promise<Answered> {
  const answered = await asked;
  expect(answered.status, `${what} → ${answered.text.slice(0, 300)}`).toBeLessThan(500);
  expect(answered.status, what).not.toBe(429);
  if (answered.status >= 400) assertRefusal(answered, what);
  return answered;
}

describe("no value makes the server fail", () => {
  test.each(routes.flatMap((route) => route.places.body.map((field) => ({ ...route, field }))))(
    "in the body of $method $path: $field.name",
    async ({ method, path, places, field, roles }) => {
      const names = roles.kind === "roles" ? roles.roles : ["customer"];
      for (const json of jsonValues) {
        const what = `${method} ${path} ${field.name}=${json.slice(0, 80)}`;
        const headers = { "idempotency-key": `hostile-${turn}` };
        const { status } = await assertNoFailure(
          asker(names).send(method, pathOf(path), { bytes: bodyWith(places.body, field.name, json), headers }),
          what,
        );
        if (/\\u0000|\\ud800|\\udfff/.test(json)) expect(status, what).toBe(400);
      }
    },
  );

  test.each(routes.flatMap((route) => [...route.places.path, ...route.places.query].map((field) => ({ ...route, field }))))(
    "in the address of $method $path: $field.name",
    async ({ method, path, places, field, roles }) => {
      const names = roles.kind === "roles" ? roles.roles : ["customer"];
      const inPath = places.path.includes(field);
      const sorts =
        field.name === "after" && places.query.some(({ name }) => name === "sort")
          ? ["", "&sort=placedAt", "&sort=-placedAt", "&sort=-id"]
          : [""];
      for (const text of [...texts, ...cursors]) {
        const query =
          places.query.length === 0 || inPath
            ? ""
            : `?${field.name === "words" || path !== "/products" ? "" : "words=tea&"}${field.name}=${encodeURIComponent(text)}`;
        for (const sort of sorts) {
          const address = `${pathOf(path, inPath ? { name: field.name, text } : undefined)}${query}${sort}`;
          const headers = { "idempotency-key": `hostile-${turn}` };
          await assertNoFailure(
            asker(names).send(method, address, {
              headers,
              ...(places.body.length > 0 && { bytes: bodyWith(places.body, "", "0").replace(',"":0', "") }),
            }),
            `${method} ${address.slice(0, 200)}`,
          );
        }
      }
    },
  );

  test.each(authRoutesOf(scope).filter(({ body }) => body))("in $path", async ({ method, path }) => {
    for (const name of ["email", "password", "name", "role", "refreshToken"])
      for (const json of jsonValues) {
        const valid = path.endsWith("sign-up")
          ? { email: `e${turn++}@shop.example`, password, name: "Eve" }
          : path.endsWith("sign-in")
            ? { email: "nobody@shop.example", password }
            : { refreshToken: "x" };
        if (!(name in valid) && name !== "role") continue;
        const others = Object.entries(valid).filter(([key]) => key !== name);
        const bytes = `{${[...others.map(([key, value]) => `"${key}":"${value}"`), `"${name}":${json}`].join(",")}}`;
        await assertNoFailure(world.stranger().send(method, path, { bytes }), `${path} ${name}=${json.slice(0, 80)}`);
      }
  });
});

describe("what is understood is understood to the letter", () => {
  test("words are searched for as they are, whatever they mean to SQL", async () => {
    const names = ["100% tea", "tea_cup", "back\\slash", "quo'te", 'dou"ble', "semi;colon", "50 percent"];
    for (const name of names) {
      const answered = await asker(["staff"]).send("POST", "/products", {
        body: { name, price: { amount: 1, currency: "EUR" }, stock: 1 },
      });
      expect(answered.status).toBe(201);
    }
    const found = async (words: string): Promise<unknown> =>
      ((await asker(["customer"]).get(`/products?words=${encodeURIComponent(words)}`)).body.items ?? []).map((row) => row["name"]);
    expect(await found("100%")).toEqual(["100% tea"]);
    expect(await found("a_c")).toEqual(["tea_cup"]);
    expect(await found("k\\s")).toEqual(["back\\slash"]);
    expect(await found("o't")).toEqual(["quo'te"]);
    expect(await found("' or 2=2 --")).toEqual([]);
  });

  test("numbers that no JSON number can say exactly are refused, and not rounded", async () => {
    const product = { name: "dear", price: { amount: 9_007_199_254_740_991, currency: "EUR" }, stock: 9_007_199_254_740_991 };
    const { body } = await asker(["staff"]).send("POST", "/products", { body: product });
    expect(body).toMatchObject(product);
    for (const quantity of [2, 1_000, 1_025, 9_007_199_254_740_991]) {
      const asked = asker(["customer"]).send("POST", "/orders", {
        body: orderOf(String(body["id"]), quantity),
        headers: { "idempotency-key": `dear-${quantity}` },
      });
      expect((await assertNoFailure(asked, `quantity ${quantity}`)).status).toBe(422);
    }
    expect(await world.count(`select stock from catalog.product where id = '${String(body["id"])}'`)).toBe(9_007_199_254_740_991);
  });
});

test("after all of that it is the same process, and it has failed at nothing", async () => {
  expect((await world.stranger().get("/products?words=tea")).status).toBe(200);
  expect(
    world.shop
      .output()
      .split("\n")
      .filter((line) => line.includes('"problem":"internal"')),
  ).toEqual([]);
  process.kill(world.shop.pid, 0);
});
