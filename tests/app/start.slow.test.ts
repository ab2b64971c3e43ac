import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "../../packages/runtime/src/database/test-database.ts";
import { archwright, cleanUp, copyOf, type Process } from "./archwright.ts";

const secret = "0123456789abcdef0123456789abcdef";
const stripe = { STRIPE_SECRET_KEY: "sk_test_shop", STRIPE_WEBHOOK_SECRET: "whsec_c2hvcA==" };
const credentials = { email: "ada@shop.example", password: "a long enough password" };

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await cleanUp();
  await database.drop();
});

const start = (folder: string, environment: Readonly<Record<string, string>> = {}): Process =>
  archwright(["start", folder, "--port", "0"], { DATABASE_URL: database.adminUrl, ARCHWRIGHT_SECRET: secret, ...environment });

async function urlOf(running: Process): Promise<string> {
  const [line] = await running.said(/^\{.*"message":"serving"\}$/m);
  return JSON.parse(line).url;
}

async function post(url: string, path: string, body: object): Promise<Response> {
  return fetch(`${url}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

test("an empty database is made, served, and found again", async () => {
  const folder = copyOf("hello");
  const first = start(folder);
  expect((await post(await urlOf(first), "/notes", { text: "kept" })).status).toBe(201);
  first.signal("SIGTERM");
  expect(await first.ended).toBe(0);
  const second = start(folder);
  const { items } = await (await fetch(`${await urlOf(second)}/notes`)).json();
  expect(items).toMatchObject([{ text: "kept" }]);
  expect(first.text()).toContain('"schema":"made"');
  expect(second.text()).toContain('"schema":"found"');
});

test("each line on standard output is a document", async () => {
  const running = start(copyOf("hello"));
  await fetch(`${await urlOf(running)}/notes`);
  running.signal("SIGTERM");
  await running.ended;
  const lines = running.text().trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).level)).toEqual(lines.map(() => "info"));
});

describe("a database that is none for it", () => {
  test("because it holds an earlier schema is left as it is", async () => {
    const folder = copyOf("hello");
    const first = start(folder);
    await urlOf(first);
    first.signal("SIGTERM");
    await first.ended;
    const file = join(folder, "system.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace("max(500)", "max(501)"));
    const second = start(folder);
    expect(await second.ended).toBe(2);
    expect(second.text()).toMatch(
      /^error {2}This database holds an earlier schema of "hello" \([0-9a-f]{8}, the model's is [0-9a-f]{8}\)\.\n/,
    );
  });

  test("because it belongs to another system is left as it is", async () => {
    const hello = start(copyOf("hello"));
    await urlOf(hello);
    const shop = start(copyOf("shop"), stripe);
    expect(await shop.ended).toBe(2);
    expect(shop.text()).toContain('error  This database belongs to the system "hello", not to "shop".\n');
  });

  test("because its owner may make no roles says who could", async () => {
    const name = new URL(database.adminUrl).pathname.slice(1);
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query(`create role "${name}_owner" login password 'secret'; grant create on database "${name}" to "${name}_owner"`);
    try {
      const url = new URL(database.adminUrl);
      [url.username, url.password] = [`${name}_owner`, "secret"];
      const running = start(copyOf("hello"), { DATABASE_URL: url.href });
      expect(await running.ended).toBe(2);
      expect(running.text()).toContain("permission denied to ");
      expect(running.text().replaceAll(/\s+/g, " ")).toContain(`alter role "${name}_owner" createrole;`);
    } finally {
      await client.query(`drop owned by "${name}_owner"; drop role "${name}_owner"`);
      await client.end();
    }
  });

  test("because nobody answers there may be one later, and says so", async () => {
    const running = start(copyOf("hello"), { DATABASE_URL: "postgres://owner:secret@127.0.0.1:1/shop" });
    expect(await running.ended).toBe(1);
    expect(running.text()).toContain("error  PostgreSQL at 127.0.0.1:1: The database cannot be reached: connect ECONNREFUSED");
    expect(running.text()).not.toContain("secret@");
  });
});

describe("the shop", () => {
  test("is not served without the keys of its third parties", async () => {
    const running = start(copyOf("shop"));
    expect(await running.ended).toBe(2);
    expect(running.text()).toContain("error  STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set.\n");
  });

  test("is not served with another secret than before", async () => {
    const folder = copyOf("shop");
    const first = start(folder, stripe);
    await urlOf(first);
    first.signal("SIGTERM");
    await first.ended;
    const second = start(folder, { ...stripe, ARCHWRIGHT_SECRET: "f".repeat(32) });
    expect(await second.ended).toBe(2);
    expect(second.text()).toContain("error  ARCHWRIGHT_SECRET is not the one that this database was encrypted with.\n");
  });

  test("has roles that are granted, to accounts that there are", async () => {
    const folder = copyOf("shop");
    const running = start(folder, stripe);
    const url = await urlOf(running);
    await post(url, "/auth/sign-up", { ...credentials, name: "Ada" });
    const grant = (email: string, role: string): Process =>
      archwright(["grant", folder, "--email", email, "--role", role], { DATABASE_URL: database.adminUrl });
    const [granted, unknown, wrong] = [
      grant(credentials.email, "staff"),
      grant("bob@shop.example", "staff"),
      grant(credentials.email, "boss"),
    ];
    expect(await Promise.all([granted.ended, unknown.ended, wrong.ended])).toEqual([0, 1, 2]);
    expect((await (await post(url, "/auth/sign-in", credentials)).json()).role).toBe("staff");
    expect(unknown.text()).toContain("error  No account has the email bob@shop.example.\n");
    expect(wrong.text()).toContain(
      'error  There is no role "boss".\n  why Roles are what the model declares.\n  fix Name one of customer, staff.\n',
    );
  });
});
