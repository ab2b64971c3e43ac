import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyScript, ScriptFailure } from "./apply.ts";
import { DatabaseUnavailable } from "./failure.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

async function query(text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows.flat();
  } finally {
    await client.end();
  }
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no failure",
    (error: unknown) => error,
  );
}

test("a script of many statements is applied", async () => {
  await applyScript(database.adminUrl, "create schema shop; create table shop.item (id int); insert into shop.item values (1), (2);", {
    lockKey: "shop",
  });
  expect(await query("select id from shop.item order by id")).toEqual([1, 2]);
});

test("a failing script leaves nothing behind", async () => {
  const script = "create table half (id int); create table half (id int);";
  const failure = await failureOf(applyScript(database.adminUrl, script, { lockKey: "shop" }));
  expect(failure).toMatchObject({ name: "ScriptFailure", sqlState: "42P07", line: undefined });
  expect(await query("select to_regclass('half')::text")).toEqual([null]);
});

test("a failing script names the line that PostgreSQL points at, also after characters of two units", async () => {
  const script = "-- \u{1F600}\u{1F600}\u{1F600}\ncreate table fine (id int);\n\n  create tabel other ();\n";
  const failure = await failureOf(applyScript(database.adminUrl, script, { lockKey: "shop" }));
  expect(failure).toBeInstanceOf(ScriptFailure);
  expect(failure).toMatchObject({
    line: 4,
    message: 'Line 4 of the SQL script was refused: syntax error at or near "tabel" (42601).\n  create tabel other ();',
  });
});

test("scripts under one key run one after the other", async () => {
  const script = `
    create table if not exists turn (n int);
    insert into turn select count(*) from turn;
    select pg_sleep(0.05);`;
  await Promise.all([1, 2, 3].map(() => applyScript(database.adminUrl, script, { lockKey: "turns" })));
  expect(await query("select n from turn order by n")).toEqual([0, 1, 2]);
});

test("a script that ends its transaction is refused", async () => {
  const failure = await failureOf(applyScript(database.adminUrl, "create table early (id int); commit; select 1;", { lockKey: "shop" }));
  expect(failure).toMatchObject({ message: expect.stringContaining("remove its begin, commit and rollback") });
});

test("a lock that others hold is waited for as long as it was allowed", async () => {
  await query("create table locked (id int)");
  const holder = new Client({ connectionString: database.adminUrl });
  await holder.connect();
  await holder.query("begin; lock table locked");
  const failure = await failureOf(
    applyScript(database.adminUrl, "alter table locked add column n int", { lockKey: "shop", lockTimeoutMs: 50 }),
  );
  await holder.end();
  expect(failure).toMatchObject({ name: "ScriptFailure", sqlState: "55P03" });
});

test("a database that cannot be reached is unavailable", async () => {
  const url = new URL(database.adminUrl);
  url.port = "1";
  expect(await failureOf(applyScript(url.href, "select 1", { lockKey: "shop" }))).toBeInstanceOf(DatabaseUnavailable);
});
