import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Statement } from "./batch.ts";
import { DatabaseFailure, DatabaseUnavailable } from "./failure.ts";
import { createPool, type Pool } from "./pool.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
const pools: Pool[] = [];

beforeAll(async () => {
  database = await testDatabase();
  await newPool().read([{ text: "do $$ begin create role shared_probe; exception when duplicate_object then null; end $$" }]);
});

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end(0)));
});

afterAll(() => database.drop());

/** Of two connections one is for reads, so that reads of one moment travel together. */
function newPool(applicationName = "shared reads"): Pool {
  const pool = createPool({
    url: database.adminUrl,
    max: 2,
    applicationName,
    connectTimeoutMs: 1_000,
    statementTimeoutMs: 2_000,
    idleTimeoutMs: 10_000,
    onError: () => undefined,
  });
  pools.push(pool);
  return pool;
}

const identify = (actor: string): Statement => ({
  text: "select set_config('archwright.actor', $1, true), set_config('role', $2, true)",
  values: [actor, "shared_probe"],
});
const whoAmI: Statement = { text: "select coalesce(current_setting('archwright.actor', true), '') as actor, current_user as who" };
const failing: Statement = { text: "select 1 / $1::int", values: [0] };
const backendPid: Statement = { text: "select pg_backend_pid() as pid" };

const settled = (pool: Pool, reads: readonly (readonly Statement[])[]): Promise<readonly PromiseSettledResult<readonly unknown[]>[]> =>
  Promise.allSettled(reads.map((read) => pool.look(read).then((results) => results.flatMap(({ rows }) => rows))));

test("what one read sets locally is never seen by those that travel with it, whether it fails or not", async () => {
  const pool = newPool();
  const leaks: unknown[] = [];
  for (let round = 0; round < 100; round += 1) {
    const kinds = Array.from({ length: 60 }, (_, index) => (["named", "failing", "nameless"] as const)[(round + index * 7) % 3] ?? "named");
    const actor = (index: number): string => `actor ${round}-${index}`;
    const outcomes = await settled(
      pool,
      kinds.map((kind, index) =>
        kind === "nameless" ? [whoAmI] : [identify(actor(index)), whoAmI, ...(kind === "failing" ? [failing] : [])],
      ),
    );
    outcomes.forEach((outcome, index) => {
      const expected = kinds[index] === "nameless" ? { actor: "", who: "postgres" } : { actor: actor(index), who: "shared_probe" };
      const seen = outcome.status === "fulfilled" ? outcome.value.at(-1) : outcome.reason;
      const isRight = kinds[index] === "failing" ? seen instanceof DatabaseFailure : JSON.stringify(seen) === JSON.stringify(expected);
      if (!isRight) leaks.push({ round, index, kind: kinds[index], seen });
    });
  }
  expect(leaks).toEqual([]);
});

test("reads of one moment travel on few connections, and each gets its own answer", async () => {
  const pool = newPool();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) => pool.look([{ text: "select $1::int as n", values: [n] }, backendPid])),
  );
  expect(answers.map(([first]) => first?.rows[0]?.["n"])).toEqual(Array.from({ length: 100 }, (_, n) => n));
  expect(new Set(answers.map(([, second]) => second?.rows[0]?.["pid"])).size).toBe(1);
});

test("a statement that one read prepares is known to those behind it", async () => {
  const text = "select $1::text as said, 'prepared together' as how";
  const outcomes = await settled(
    newPool(),
    ["a", "b", "c", "d"].map((said) => [{ text, values: [said] }]),
  );
  expect(outcomes.map((outcome) => outcome.status === "fulfilled" && outcome.value)).toEqual(
    ["a", "b", "c", "d"].map((said) => [{ said, how: "prepared together" }]),
  );
});

test("a read is repeated when the one that was to prepare its statement failed before", async () => {
  const pool = newPool();
  const later: Statement = { text: "select 'prepared behind a failure' as how" };
  const outcomes = await settled(pool, [[backendPid], [failing, later], [later], [later]]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  expect(await pool.look([later])).toMatchObject([{ rows: [{ how: "prepared behind a failure" }] }]);
});

test("what a read prepares behind one that failed is known afterwards", async () => {
  const pool = newPool();
  const unprepared: Statement = { text: "select 'never prepared' as how" };
  const prepared: Statement = { text: "select 'prepared all the same' as how" };
  await settled(pool, [[backendPid], [failing, unprepared], [prepared]]);
  const again = await settled(pool, [[prepared], [unprepared]]);
  expect(again.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});

test("a parameter that cannot be sent fails its own read alone", async () => {
  const outcomes = await settled(newPool(), [[backendPid], [{ text: "select $1", values: [() => 1] }], [whoAmI]]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("reads on a connection that breaks are unavailable, and the next ones get another", async () => {
  const pool = newPool("shared reads that break");
  const reading = settled(pool, [[whoAmI], [{ text: "select pg_sleep(1)" }], [whoAmI], [whoAmI]]);
  const text =
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shared reads that break' and wait_event = 'PgSleep'";
  const admin = newPool("admin");
  await expect.poll(async () => (await admin.read([{ text }]))[0]?.rowCount, { interval: 10 }).toBe(1);
  const [first, ...broken] = await reading;
  expect(first?.status).toBe("fulfilled");
  expect(broken.map((outcome) => outcome.status === "rejected" && outcome.reason instanceof DatabaseUnavailable)).toEqual([
    true,
    true,
    true,
  ]);
  expect(await pool.look([backendPid])).toMatchObject([{ rowCount: 1 }]);
});

test("reads wait for one another and transactions do not wait for them", async () => {
  const pool = newPool();
  const slow = settled(pool, [[{ text: "select pg_sleep(0.5)" }], [whoAmI], [whoAmI]]);
  const startedAt = performance.now();
  await pool.transaction((transaction) => transaction.run([whoAmI]));
  expect(performance.now() - startedAt).toBeLessThan(400);
  expect((await slow).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
});
