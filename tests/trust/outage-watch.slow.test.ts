import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { DatabaseUnavailable } from "../../packages/runtime/src/database/failure.ts";
import { createPool, type Pool } from "../../packages/runtime/src/database/pool.ts";
import { testDatabase, type TestDatabase } from "../../packages/runtime/src/database/test-database.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

let database: TestDatabase;
let proxy: TcpProxy;
let admin: Pool;
const pools: Pool[] = [];

const poolAt = (url: string): Pool =>
  createPool({
    url,
    max: 4,
    applicationName: "outage",
    connectTimeoutMs: 3_000,
    statementTimeoutMs: 3_000,
    idleTimeoutMs: 10_000,
    onError: () => undefined,
  });

function pool(): Pool {
  const url = new URL(database.adminUrl);
  url.port = String(proxy.port);
  const made = poolAt(url.href);
  pools.push(made);
  return made;
}

const passes = { kind: "passes", delayMs: 0 } as const;
const swallows = { kind: "swallows" } as const;

beforeAll(async () => {
  database = await testDatabase();
  admin = poolAt(database.adminUrl);
  await admin.read([{ text: "create table counter (id int primary key, n int not null)" }, { text: "insert into counter values (1, 0)" }]);
  const { hostname: host, port } = new URL(database.adminUrl);
  proxy = await startTcpProxy(() => ({ host, port: Number(port) }));
});

afterEach(async () => {
  proxy.set(passes);
  await Promise.all(pools.splice(0).map((one) => one.end(0)));
});

afterAll(async () => {
  await proxy.close();
  await admin.end();
  await database.drop();
});

interface Outcome {
  readonly error: unknown;
  readonly ms: number;
}

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  const startedMs = performance.now();
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - startedMs };
}

test("a statement that takes its time is left alone", async () => {
  expect((await outcomeOf(pool().read([{ text: "select pg_sleep(2.8)" }]))).error).toBeUndefined();
});

test("a database that is gone without a word is noticed, and nobody waits for it any more", async () => {
  const cut = pool();
  await Promise.all(Array.from({ length: 4 }, () => cut.read([{ text: "select 1" }])));
  proxy.set(swallows);
  const statements = Array.from({ length: 50 }, (_, index) => ({ text: `select ${index}` }));
  const waiting = await Promise.all(Array.from({ length: 8 }, () => outcomeOf(cut.read(statements))));
  for (const { error, ms } of waiting) {
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(ms).toBeLessThan(5_000);
  }
  const late = await outcomeOf(cut.read([{ text: "select 1" }]));
  expect(late.error).toBeInstanceOf(DatabaseUnavailable);
  expect(late.ms).toBeLessThan(50);
  proxy.set(passes);
  await expect.poll(async () => (await outcomeOf(cut.read([{ text: "select 1" }]))).error, { timeout: 5_000 }).toBeUndefined();
});

test("a connection that was forgotten on the way is noticed, although the database is there", async () => {
  const cut = pool();
  await cut.read([{ text: "select 1" }]);
  proxy.set(passes, true);
  const { error, ms } = await outcomeOf(cut.read([{ text: "select 1" }]));
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  expect(ms).toBeLessThan(5_000);
  expect((await outcomeOf(cut.read([{ text: "select 1" }]))).error).toBeUndefined();
});

test("the locks of a caller who is gone without a word are let go", async () => {
  const lost = pool().transaction(async (transaction) => {
    await transaction.run([{ text: "update counter set n = n + 1 where id = 1" }]);
    proxy.set(passes, true);
    await sleep(100);
    await transaction.run([{ text: "select 1" }]);
  });
  const outcome = outcomeOf(lost);
  await sleep(500);
  await expect
    .poll(async () => (await outcomeOf(admin.read([{ text: "update counter set n = n + 10 where id = 1" }]))).error, { timeout: 8_000 })
    .toBeUndefined();
  expect((await outcome).error).toBeInstanceOf(DatabaseUnavailable);
  const [counted] = await admin.read([{ text: "select n from counter where id = 1" }]);
  expect(counted?.rows).toEqual([{ n: 10 }]);
});
