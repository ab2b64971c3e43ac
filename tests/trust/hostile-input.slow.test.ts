import { connect } from "node:net";
import { assemble, authRoutesOf, exampleRecord, placesOf, routesOf, schemaScope, type Field } from "@archwright/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import shopSystem from "../../examples/shop/system.ts";
import type { Answered, Caller } from "./caller.ts";
import { expectRefusal } from "./refusal.ts";
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

/** JSON texts that a field may find where its value should be. */
const jsonValues: readonly string[] = [
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udfff tail"',
  '"\\ufffe\\uffff"',
  '"\\u202e\\u0007\\u001b[31m"',
  '"\' or 1=1 --"',
  '"\'); drop table \\"catalog\\".\\"product\\"; --"',
  '"$$; select pg_sleep(5); $$"',
  '"${7*7}{{7*7}}<%= 7*7 %>#{7*7}"',
  '"%s%n%x %c0%ae ../../etc/passwd"',
  '"\\\\"',
  '"<script>alert(1)</script>"',
  '"__proto__"',
  '"2026-02-30"',
  '"2026-02-30T25:61:61Z"',
  '"NaN"',
  '"Infinity"',
  '""',
  '" "',
  `"${"a".repeat(100_000)}"`,
  `"${"😀".repeat(300)}"`,
  "null",
  "true",
  "0",
  "-0",
  "-1",
  "1e999",
  "-1e999",
  "1e22",
  "1.0000000000000001",
  "0.1",
  "9007199254740991",
  "9007199254740993",
  "9223372036854775807",
  "-9223372036854775809",
  `1${"0".repeat(400)}`,
  "[]",
  "{}",
  "[[]]",
  '{"amount":1,"currency":"EUR"}',
  '{"amount":9007199254740993,"currency":"EUR"}',
  '{"amount":1.5,"currency":"EUR"}',
  '{"amount":1,"currency":"USD"}',
  '{"amount":1,"currency":"EUR","extra":1}',
  '{"toString":1,"valueOf":{}}',
  '{"length":1e9}',
  '[{"product":"prd_00000000000000000000000000","quantity":1}]',
];

/** Texts for the places of a URL. */
const texts: readonly string[] = [
  ...[
    "\0",
    "a\0b",
    "' or 1=1 --",
    "'); drop table x; --",
    '"',
    "\\",
    "%",
    "_",
    "%%%",
    "\\%",
    "(",
    "[",
    "*",
    "+",
    "?",
    "^",
    "$",
    "|",
    "a".repeat(81),
  ],
  ...[
    "{{7*7}}",
    "${7*7}",
    "__proto__",
    "constructor",
    "../..",
    "..",
    ".",
    "\u202e",
    "\ufeff",
    "\uffff",
    "İ",
    "ß",
    "ſ",
    "😀".repeat(40),
    "\u0300".repeat(80),
  ],
  ...[
    "null",
    "true",
    "NaN",
    "-1",
    "0",
    "1e3",
    "1e999",
    "9007199254740993",
    "99999999999999999999",
    "2026-02-30",
    "2026-02-30T00:00:00Z",
    "a,b",
    "a;b",
    "",
  ],
  ...[
    "usr_00000000000000000000000000",
    "ord_00000000000000000000000000",
    "prd_zzzzzzzzzzzzzzzzzzzzzzzzzz",
    "ORD_00000000000000000000000000",
  ],
  ...["-id", "id", "placedAt", "-placedAt", "total", "id desc", "id;select 1", "placed_at"],
];

const cursorOf = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString("base64url");
const cursors: readonly string[] = [
  ...["x", "====", "e30", "bnVsbA", "W10", "\0"],
  ...[
    [],
    [null],
    [null, null],
    ["abc", "x"],
    ["2026-02-30", "x"],
    ["99999-01-01", "x"],
    ["infinity", "x"],
    ["1", "x"],
    ["", ""],
    [null, "x"],
  ].map(cursorOf),
  ...[
    ["99999999999999999999999", "x"],
    ["NaN", "x"],
    ["\0", "x"],
    ["x", "\0"],
    ["\ud800", "\udfff"],
    ["' or 1=1 --", "' or 1=1 --"],
  ].map(cursorOf),
  ...[
    ["now", "x"],
    ["2026-01-01 00:00:00 Nowhere/Zone", "x"],
    ["1 BC", "x"],
    [["x"], "y"],
    [{}, "y"],
  ].map(cursorOf),
];

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

async function expectNoFailure(asked: Promise<Answered>, what: string): Promise<Answered> {
  const answered = await asked;
  expect(answered.status, `${what} → ${answered.text.slice(0, 300)}`).toBeLessThan(500);
  expect(answered.status, what).not.toBe(429);
  if (answered.status >= 400) expectRefusal(answered, what);
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
        const { status } = await expectNoFailure(
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
          await expectNoFailure(
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
        await expectNoFailure(world.stranger().send(method, path, { bytes }), `${path} ${name}=${json.slice(0, 80)}`);
      }
  });
});

describe("no body makes the server fail", () => {
  const bodies: readonly (readonly [what: string, bytes: string | Buffer, status: number])[] = [
    ["JSON that is nested 100 000 deep", `{"items":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400],
    ["objects that are nested 50 000 deep", `${'{"items":'.repeat(50_000)}1${"}".repeat(50_000)}`, 400],
    ["100 000 keys", `{${Array.from({ length: 90_000 }, (_, index) => `"k${index}":1`).join(",")}}`, 400],
    ["one key of a megabyte", `{"${"k".repeat(1_000_000)}":1}`, 400],
    ["100 000 items", `{"items":[${"{},".repeat(100_000)}{}]}`, 400],
    ["a million commas", `[${",".repeat(1_000_000)}]`, 400],
    ["two megabytes", `"${"x".repeat(2_000_000)}"`, 413],
    ["a prototype", '{"__proto__":{"isAdmin":true},"items":[]}', 400],
    ["a prototype that is written as escapes", '{"\\u005f_proto__":{"isAdmin":true}}', 400],
    ["a constructor", '{"constructor":{"prototype":{"isAdmin":true}}}', 400],
    ["a prototype in an item", '{"items":[{"__proto__":{"quantity":1},"product":"x"}]}', 400],
    ["the same key twice", '{"items":[],"items":1}', 400],
    ["invalid UTF-8", Buffer.from('{"items":"\xff\xfe"}', "latin1"), 400],
    ["an overlong slash", Buffer.from('{"items":"\xc0\xaf"}', "latin1"), 400],
    ["a surrogate as UTF-8", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400],
    ["UTF-16", Buffer.from("﻿{}", "utf16le"), 400],
    ["nothing", "", 400],
    ["half of it", '{"items":[', 400],
    ["a bare NaN", '{"items":NaN}', 400],
  ];
  test.each(bodies)("%s", async (_, bytes, expected) => {
    for (const path of ["/orders", "/products", "/auth/sign-up"]) {
      const caller = path === "/products" ? asker(["staff"]) : asker(["customer"]);
      const answered = await expectNoFailure(caller.send("POST", path, { bytes, headers: { "idempotency-key": `body-${turn}` } }), path);
      expect(answered.status).toBe(expected);
      // Whoever is refused is told why in a few words, however much he sent.
      expect(answered.text.length).toBeLessThan(20_000);
      expect(answered.ms).toBeLessThan(2_000);
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
    expect(await found("' or 1=1 --")).toEqual([]);
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
      expect((await expectNoFailure(asked, `quantity ${quantity}`)).status).toBe(422);
    }
    expect(await world.count(`select stock from catalog.product where id = '${String(body["id"])}'`)).toBe(9_007_199_254_740_991);
  });
});

describe("no bytes on a connection make the server fail", () => {
  const requests: readonly (readonly [what: string, bytes: string | Buffer, expected: RegExp])[] = [
    ["headers of a megabyte", `GET /products HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(1_000_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ["5 000 headers", `GET /products HTTP/1.1\r\nhost: x\r\n${"x: y\r\n".repeat(5_000)}\r\n`, /^HTTP\/1\.1 431 /],
    ["an address of a megabyte", `GET /${"y".repeat(1_000_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, /^HTTP\/1\.1 (431|400|414) /],
    ["two lengths", "POST /orders HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd", /^HTTP\/1\.1 400 /],
    [
      "a length and chunks",
      "POST /orders HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      /^HTTP\/1\.1 400 /,
    ],
    ["a header with NUL", "GET /products HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n", /^HTTP\/1\.1 400 /],
    ["a header that is folded", "GET /products HTTP/1.1\r\nhost: x\r\nx: a\r\n b: c\r\n\r\n", /^HTTP\/1\.1 400 /],
    ["TLS", Buffer.from("16030100a5010000a10303", "hex"), /^HTTP\/1\.1 400 /],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", /^HTTP\/1\.1 (400|505) /],
    ["a proxy's address", "GET http://169.254.169.254/latest HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", /^HTTP\/1\.1 (400|404) /],
    ["a tunnel", "CONNECT localhost:5432 HTTP/1.1\r\nhost: x\r\n\r\n", /^(HTTP\/1\.1 4\d\d |$)/],
    [
      "an upgrade",
      "GET /products?words=x HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n",
      /^HTTP\/1\.1 (200|400|426) /,
    ],
  ];
  test.each(requests)("%s", async (_, bytes, expected) => {
    expect(await conversation(bytes)).toMatch(expected);
  });
});

/** What the server says until it closes, or has said nothing more for a while. */
function conversation(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(world.shop.port, "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(1_500, () => socket.destroy());
    socket.setEncoding("latin1").on("data", (text: string) => (heard += text));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(heard));
  });
}

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
