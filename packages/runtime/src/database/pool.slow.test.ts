import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Statement } from "./batch.ts";
import { DatabaseFailure, DatabaseUnavailable, StatementTimedOut } from "./failure.ts";
import { createPool, type Pool, type PoolOptions } from "./pool.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
let admin: Pool;
const pools: Pool[] = [];
const idleErrors: Error[] = [];

beforeAll(async () => {
  database = await testDatabase();
  admin = newPool({ applicationName: "admin" });
  pools.length = 0;
  await admin.read([{ text: "create table counter (id int primary key, n int not null)" }]);
  await admin.read([{ text: "create table parent (id int primary key deferrable initially deferred)" }]);
});

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end(0)));
  idleErrors.length = 0;
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

function newPool(options: Partial<PoolOptions> = {}): Pool {
  const pool = createPool({
    url: database.adminUrl,
    max: 2,
    applicationName: "pool test",
    connectTimeoutMs: 1000,
    statementTimeoutMs: 2000,
    idleTimeoutMs: 10_000,
    onError: (error) => idleErrors.push(error),
    ...options,
  });
  pools.push(pool);
  return pool;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no failure",
    (error: unknown) => error,
  );
}

async function count(id: number): Promise<unknown> {
  const [result] = await admin.read([{ text: "select n from counter where id = $1", values: [id] }]);
  return result?.rows[0]?.["n"];
}

async function kill(applicationName: string): Promise<void> {
  await admin.read([
    { text: "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", values: [applicationName] },
  ]);
}

async function killRunning(applicationName: string): Promise<void> {
  const text = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and wait_event = 'PgSleep'";
  await expect.poll(async () => (await admin.read([{ text, values: [applicationName] }]))[0]?.rowCount, { interval: 10 }).toBe(1);
}

/** Waits until so many have come; who comes later passes. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    come += 1;
    if (come === size) {
      open();
    }
    await opened;
  };
}

const backendPid: Statement = { text: "select pg_backend_pid() as pid" };
const sleepFor = (seconds: number): Statement => ({ text: "select pg_sleep($1)", values: [seconds] });
const insert = (id: number): Statement => ({ text: "insert into counter values ($1, 0)", values: [id] });
const increment = (id: number): Statement => ({ text: "update counter set n = n + 1 where id = $1 returning n", values: [id] });

test("what a batch sets locally is never seen by the next one on the same connection, 10,000 times", async () => {
  const pool = newPool({ max: 1 });
  await admin.read([{ text: "do $$ begin create role leak_probe; exception when duplicate_object then null; end $$" }]);
  const setContext = { text: "select set_config('archwright.actor', $1, true), set_config('role', $2, true)" };
  const seen = { text: "select coalesce(current_setting('archwright.actor', true), '') as actor, current_user as who" };
  const leaks: unknown[] = [];
  for (let round = 0; round < 5000; round += 1) {
    const context = { ...setContext, values: [`actor ${round}`, "leak_probe"] };
    const fails = round % 10 === 9;
    const inside = await pool.read([context, seen, ...(fails ? [{ text: "select 1 / 0" }] : [])]).catch(() => undefined);
    const [outside] = await pool.read([seen]);
    if (inside !== undefined && inside[1]?.rows[0]?.["actor"] !== `actor ${round}`) {
      leaks.push({ round, inside: inside[1]?.rows });
    }
    if (outside?.rows[0]?.["actor"] !== "" || outside.rows[0]["who"] !== "postgres") {
      leaks.push({ round, outside: outside?.rows });
    }
  }
  await admin.read([{ text: "drop role leak_probe" }]);
  expect(leaks).toEqual([]);
}, 30_000);

test("work that returns is committed, and its first statements carry the begin", async () => {
  const pool = newPool();
  const result = await pool.transaction(async (transaction) => {
    const [, updated] = await transaction.run([insert(1), increment(1)]);
    await transaction.run([increment(1)]);
    return updated?.rows;
  });
  expect(result).toEqual([{ n: 1 }]);
  expect(await count(1)).toBe(2);
});

test("work that throws is rolled back and its error comes out", async () => {
  const pool = newPool({ max: 1 });
  const [before] = await pool.read([backendPid]);
  const work = pool.transaction(async (transaction) => {
    await transaction.run([insert(2)]);
    throw new Error("out of stock");
  });
  await expect(work).rejects.toThrow("out of stock");
  expect(await count(2)).toBeUndefined();
  const [after, seen] = await pool.read([backendPid, { text: "select n from counter where id = 2" }]);
  expect(seen?.rows).toEqual([]);
  expect(after?.rows).toEqual(before?.rows);
});

test("a transaction without statements takes no connection", async () => {
  const pool = newPool();
  expect(await pool.transaction(async () => "nothing to do")).toBe("nothing to do");
  expect(pool.usage().total).toBe(0);
});

test("the last statements travel with the commit, and nothing runs after it", async () => {
  const pool = newPool();
  const failure = await failureOf(
    pool.transaction(async (transaction) => {
      expect(await transaction.commit([insert(3), increment(3)])).toMatchObject([{ command: "INSERT" }, { rows: [{ n: 1 }] }]);
      await transaction.run([increment(3)]);
    }),
  );
  expect(failure).toMatchObject({ message: expect.stringContaining("The transaction has ended") });
  expect(await count(3)).toBe(1);
});

test("statements of one transaction that are sent at once run one after the other", async () => {
  const pool = newPool();
  await pool.transaction(async (transaction) => {
    await transaction.run([insert(4)]);
    await Promise.all(Array.from({ length: 20 }, () => transaction.run([increment(4)])));
  });
  expect(await count(4)).toBe(20);
});

test("the index of a failing statement is the caller's, not shifted by the begin", async () => {
  const failure = await failureOf(newPool().transaction((transaction) => transaction.run([insert(5), insert(5)])));
  expect(failure).toBeInstanceOf(DatabaseFailure);
  expect(failure).toMatchObject({ statementIndex: 1, sqlState: "23505", table: "counter" });
});

test("work that swallows a failure is not committed silently", async () => {
  const work = newPool().transaction(async (transaction) => {
    await transaction.run([insert(6)]);
    await transaction.run([{ text: "select 1 / 0" }]).catch(() => undefined);
    return "fine";
  });
  expect(await failureOf(work)).toMatchObject({ sqlState: "22012" });
  expect(await count(6)).toBeUndefined();
});

test("a statement that ends the transaction is refused instead of letting the rest run without one", async () => {
  const work = newPool({ max: 1 }).transaction(async (transaction) => {
    await transaction.run([insert(7), { text: "rollback" }]);
  });
  expect(await failureOf(work)).toMatchObject({ message: expect.stringContaining("A statement ended the transaction") });
  expect(await count(7)).toBeUndefined();
});

test("a transaction that a read leaves open does not reach the next user", async () => {
  const pool = newPool({ max: 1 });
  await pool.read([{ text: "begin" }, insert(14)]);
  await pool.read([insert(15)]);
  expect([await count(14), await count(15)]).toEqual([undefined, 0]);
});

test("a constraint that is checked at commit fails the commit", async () => {
  const pool = newPool({ max: 1 });
  const duplicate = { text: "insert into parent values (1), (1)" };
  expect(await failureOf(pool.transaction((transaction) => transaction.run([duplicate])))).toMatchObject({ sqlState: "23505" });
  expect(await failureOf(pool.transaction((transaction) => transaction.commit([duplicate])))).toMatchObject({
    sqlState: "23505",
    statementIndex: 1,
  });
  expect(await pool.read([backendPid])).toHaveLength(1);
});

test("a serialization failure is retried from the beginning as often as the caller wants", async () => {
  const pool = newPool({ max: 4 });
  await admin.read([insert(8)]);
  let attempts = 0;
  const allRead = meeting(3);
  const increaseLater = (): Promise<void> =>
    pool.transaction(
      async (transaction) => {
        attempts += 1;
        const [read] = await transaction.run([{ text: "select n from counter where id = 8" }]);
        await allRead();
        await transaction.run([{ text: "update counter set n = $1 where id = 8", values: [Number(read?.rows[0]?.["n"]) + 1] }]);
      },
      { isolation: "serializable", retries: 20 },
    );
  await Promise.all([increaseLater(), increaseLater(), increaseLater()]);
  expect(await count(8)).toBe(3);
  expect(attempts).toBeGreaterThan(3);
});

test("a serialization failure without retries comes out, marked as retryable", async () => {
  const pool = newPool();
  await admin.read([insert(9)]);
  const work = pool.transaction(
    async (transaction) => {
      await transaction.run([{ text: "select n from counter where id = 9" }]);
      await admin.read([increment(9)]);
      await transaction.run([increment(9)]);
    },
    { isolation: "repeatable read" },
  );
  expect(await failureOf(work)).toMatchObject({ sqlState: "40001", retryable: true });
});

test("a deadlock is resolved by a retry", async () => {
  const pool = newPool({ max: 2 });
  await admin.read([insert(10), insert(11)]);
  const bothHoldOne = meeting(2);
  const both = (first: number, second: number): Promise<void> =>
    pool.transaction(
      async (transaction) => {
        await transaction.run([{ text: "set local deadlock_timeout = '50ms'" }, increment(first)]);
        await bothHoldOne();
        await transaction.run([increment(second)]);
      },
      { retries: 5 },
    );
  await Promise.all([both(10, 11), both(11, 10)]);
  expect([await count(10), await count(11)]).toEqual([2, 2]);
});

test("a read-only transaction refuses to write", async () => {
  const failure = await failureOf(newPool().transaction((transaction) => transaction.run([insert(12)]), { readOnly: true }));
  expect(failure).toMatchObject({ sqlState: "25006" });
});

test("a connection that is killed inside a transaction is unavailable, is dropped, and does not end the process", async () => {
  const pool = newPool({ max: 1, applicationName: "to be killed" });
  const failure = await failureOf(
    pool.transaction(async (transaction) => {
      await transaction.run([insert(13)]);
      await kill("to be killed");
      await sleep(50);
      await transaction.run([increment(13)]);
    }),
  );
  expect(failure).toBeInstanceOf(DatabaseUnavailable);
  expect(failure).toMatchObject({ outcomeUnknown: false });
  expect(await count(13)).toBeUndefined();
  expect(await pool.read([backendPid])).toHaveLength(1);
});

test("a connection that is killed while a statement runs is unavailable", async () => {
  const pool = newPool({ max: 1, applicationName: "killed while running" });
  const running = failureOf(pool.read([sleepFor(5)]));
  await killRunning("killed while running");
  expect(await running).toBeInstanceOf(DatabaseUnavailable);
  expect(await pool.read([backendPid])).toHaveLength(1);
});

test("a connection that breaks during a commit leaves the outcome unknown", async () => {
  const pool = newPool({ max: 1, applicationName: "killed at commit" });
  const running = failureOf(pool.transaction((transaction) => transaction.commit([sleepFor(5)])));
  await killRunning("killed at commit");
  expect(await running).toMatchObject({ name: "DatabaseUnavailable", outcomeUnknown: true });
});

test("an idle connection that is killed is reported and replaced", async () => {
  const pool = newPool({ max: 1, applicationName: "killed while idle" });
  const [before] = await pool.read([backendPid]);
  await kill("killed while idle");
  await expect.poll(() => idleErrors.length).toBe(1);
  const [after] = await pool.read([backendPid]);
  expect(after?.rows[0]?.["pid"]).not.toBe(before?.rows[0]?.["pid"]);
});

test("waiting for a connection is bounded, and the pool works again afterwards", async () => {
  const pool = newPool({ max: 2, connectTimeoutMs: 100 });
  const busy = [pool.read([sleepFor(0.5)]), pool.read([sleepFor(0.5)])];
  await sleep(50);
  const failure = await failureOf(pool.read([backendPid]));
  expect(failure).toMatchObject({
    name: "DatabaseUnavailable",
    retryAfterMs: 1000,
    message: "No connection within 100 ms: all 2 are in use. Shorten the transactions, shed load earlier, or raise the pool's max.",
  });
  await Promise.all(busy);
  expect(await pool.read([backendPid])).toHaveLength(1);
});

test("a statement past the pool's time is cancelled by the server, and the connection serves on", async () => {
  const pool = newPool({ max: 1, statementTimeoutMs: 100 });
  const [before] = await pool.read([backendPid]);
  expect(await failureOf(pool.read([backendPid, sleepFor(5)]))).toBeInstanceOf(StatementTimedOut);
  const [after] = await pool.read([backendPid]);
  expect(after?.rows).toEqual(before?.rows);
});

test("a server that nobody listens at is unavailable", async () => {
  const url = new URL(database.adminUrl);
  url.port = "1";
  expect(await failureOf(newPool({ url: url.href }).read([backendPid]))).toMatchObject({
    name: "DatabaseUnavailable",
    outcomeUnknown: false,
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a server that accepts and stays silent is unavailable after the time to connect", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    silent.listen(0, "127.0.0.1", resolve);
  });
  const address = silent.address();
  const url = `postgresql://nobody:x@127.0.0.1:${typeof address === "object" ? address?.port : ""}/x`;
  const failure = await failureOf(newPool({ url, connectTimeoutMs: 100 }).read([backendPid]));
  silent.close();
  expect(failure).toBeInstanceOf(DatabaseUnavailable);
});

test("a wrong password is a failure of its own kind, for waiting does not mend it", async () => {
  const url = new URL(database.adminUrl);
  url.password = "wrong";
  expect(await failureOf(newPool({ url: url.href }).read([backendPid]))).toMatchObject({ name: "DatabaseFailure", sqlState: "28P01" });
});

test("a ping answers, and is bounded when all connections are busy", async () => {
  const pool = newPool({ max: 1 });
  await pool.ping(1000);
  const busy = pool.read([sleepFor(0.3)]);
  await sleep(50);
  expect(await failureOf(pool.ping(50))).toBeInstanceOf(DatabaseUnavailable);
  await busy;
  await pool.ping(1000);
});

test("a read whose prepared statement a migration outdated is repeated unseen", async () => {
  const pool = newPool({ max: 1 });
  await admin.read([{ text: "create table shape as select 1 as a" }]);
  await pool.read([{ text: "select * from shape" }]);
  await admin.read([{ text: "alter table shape add column b int default 2" }]);
  expect(await pool.read([{ text: "select * from shape" }])).toMatchObject([{ rows: [{ a: 1, b: 2 }] }]);
});

test("ending waits for what runs, and then refuses work", async () => {
  const pool = newPool();
  const running = pool.read([sleepFor(0.1), { text: "select 7 as seven" }]);
  await sleep(50);
  await pool.end();
  expect(await running).toMatchObject([{}, { rows: [{ seven: 7 }] }]);
  expect(await failureOf(pool.read([backendPid]))).toBeInstanceOf(DatabaseUnavailable);
});

test("when it has ended, its connections are closed", async () => {
  const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
  const before = sockets();
  const pool = newPool();
  await Promise.all([pool.read([backendPid]), pool.read([backendPid])]);
  expect(sockets()).toBe(before + 2);
  await pool.end();
  expect(sockets()).toBe(before);
});

test("ending breaks what still runs after the grace", async () => {
  const pool = newPool();
  const running = failureOf(pool.read([sleepFor(1.9)]));
  await sleep(50);
  const startedAt = performance.now();
  await pool.end(50);
  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(await running).toBeInstanceOf(DatabaseUnavailable);
});
