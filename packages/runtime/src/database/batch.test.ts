import { connect, createServer, type Server } from "node:net";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { runBatch, type Statement } from "./batch.ts";
import { DatabaseFailure, DatabaseUnavailable, StatementTimedOut } from "./failure.ts";
import { preparedPerConnectionMax, preparedStatements } from "./prepared-statements.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
const opened: Client[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const client = await connected();
  await client.query("create table item (id int primary key, name text not null)");
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((client) => client.end()));
});

afterAll(() => database.drop());

async function connected(url = database.adminUrl): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  opened.push(client);
  return client;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no failure",
    (error: unknown) => error,
  );
}

async function value(client: Client, text: string, values: readonly unknown[] = []): Promise<unknown> {
  const [result] = await runBatch(client, [{ text: `select ${text} as value`, values }]);
  return result?.rows[0]?.["value"];
}

const context = (actor: string): Statement => ({ text: "select set_config('archwright.actor', $1, true)", values: [actor] });
const actor: Statement = { text: "select current_setting('archwright.actor', true) as actor" };

test("the results come in the order of the statements", async () => {
  const results = await runBatch(await connected(), [
    { text: "select $1::int as a, $2::text as b", values: [1, "x"] },
    { text: "create temporary table t (n int)" },
    { text: "insert into t select generate_series(1, $1::int)", values: [3] },
    { text: "update t set n = n + 1 where n > $1 returning n", values: [1] },
    { text: "select n from t where false" },
  ]);
  expect(results).toEqual([
    { rows: [{ a: 1, b: "x" }], rowCount: 1, command: "SELECT" },
    { rows: [], rowCount: 0, command: "CREATE TABLE" },
    { rows: [], rowCount: 3, command: "INSERT" },
    { rows: [{ n: 3 }, { n: 4 }], rowCount: 2, command: "UPDATE" },
    { rows: [], rowCount: 0, command: "SELECT" },
  ]);
});

test("no statements are no round trip", async () => {
  expect(await runBatch(await connected(), [])).toEqual([]);
});

test("a batch is one round trip with one Sync, also when it prepares its statements", async () => {
  const tap = await wireTap(new URL(database.adminUrl));
  try {
    const client = await connected(tap.url);
    for (const prepared of ["not prepared", "prepared"]) {
      tap.reset();
      await runBatch(client, [context("ann"), { text: "select set_config('role', 'postgres', true)" }, actor]);
      expect({ prepared, ...tap.counts() }).toEqual({ prepared, trips: 1, syncs: 1, readies: 1, parses: prepared === "prepared" ? 0 : 3 });
    }
    tap.reset();
    await runBatch(client, [{ text: "begin" }, context("bob"), actor]);
    await runBatch(client, [{ text: "insert into item values (900, 'x')" }, { text: "commit" }]);
    expect(tap.counts()).toMatchObject({ trips: 2, syncs: 2, readies: 2 });
  } finally {
    await Promise.all(opened.splice(0).map((client) => client.end()));
    tap.close();
  }
});

test("a local setting and a local role hold for the batch and not after it", async () => {
  const client = await connected();
  await client.query("drop role if exists batch_role");
  await client.query("create role batch_role");
  const inside = await runBatch(client, [
    context("ann"),
    { text: "set local role batch_role" },
    actor,
    { text: "select current_user as who" },
  ]);
  const after = await runBatch(client, [actor, { text: "select current_user as who" }]);
  await client.query("drop role batch_role");
  expect(inside.slice(2).map(({ rows }) => rows[0])).toEqual([{ actor: "ann" }, { who: "batch_role" }]);
  expect(after.map(({ rows }) => rows[0])).toEqual([{ actor: "" }, { who: "postgres" }]);
});

test("the first failing statement undoes the whole batch and leaves the connection usable", async () => {
  const client = await connected();
  const failure = await failureOf(
    runBatch(client, [
      { text: "insert into item values ($1, $2)", values: [1, "one"] },
      { text: "insert into item values ($1, $2)", values: [1, "again"] },
      { text: "insert into item values ($1, $2)", values: [2, "two"] },
    ]),
  );
  expect(failure).toBeInstanceOf(DatabaseFailure);
  expect(failure).toMatchObject({
    sqlState: "23505",
    constraint: "item_pkey",
    schema: "public",
    table: "item",
    detail: "Key (id)=(1) already exists.",
    statementIndex: 1,
    statement: "insert into item values ($1, $2)",
    retryable: false,
  });
  expect(await value(client, "(select count(*) from item where id < 900)")).toBe(0n);
});

test("a statement that cannot be parsed is named, and parsed again when it is mended", async () => {
  const client = await connected();
  const select = { text: "select id from not_there_yet" };
  const before = { text: "select 41 + 1 as answer" };
  expect(await failureOf(runBatch(client, [before, select, actor]))).toMatchObject({ sqlState: "42P01", statementIndex: 1 });
  await client.query("create temporary table not_there_yet as select 7 as id");
  const results = await runBatch(client, [before, select, actor]);
  expect(results.slice(0, 2).map(({ rows }) => rows)).toEqual([[{ answer: 42 }], [{ id: 7 }]]);
});

test("an error inside a transaction leaves it to the caller to roll back", async () => {
  const client = await connected();
  await failureOf(runBatch(client, [{ text: "begin" }, { text: "select 1 / $1::int", values: [0] }]));
  expect(await failureOf(runBatch(client, [{ text: "select 1" }]))).toMatchObject({ sqlState: "25P02", statementIndex: 0 });
  await runBatch(client, [{ text: "rollback" }]);
  expect(await value(client, "1")).toBe(1);
});

test("a value that cannot be a parameter is refused before anything is sent", async () => {
  const client = await connected();
  expect(
    await failureOf(runBatch(client, [{ text: "insert into item values (5, 'x')" }, { text: "select $1::text", values: [() => 1] }])),
  ).toBeInstanceOf(TypeError);
  expect(await value(client, "(select count(*) from item where id = 5)")).toBe(0n);
});

test("more parameters than the protocol can count are refused", async () => {
  const values = Array.from({ length: 65_536 }, (_, index) => index);
  expect(await failureOf(runBatch(await connected(), [{ text: "select 1", values }]))).toBeInstanceOf(RangeError);
});

test("a name that stands for two texts is refused and the connection stays usable", async () => {
  const client = await connected();
  await runBatch(client, [{ name: "mine", text: "select 1 as a" }]);
  expect(await failureOf(runBatch(client, [{ text: "select 5" }, { name: "mine", text: "select 2 as a" }]))).toMatchObject({
    message: "Two statements are called mine: give each text a name of its own, or none.",
  });
  expect(await runBatch(client, [{ text: "select 5 as a" }, { name: "mine", text: "select 1 as a" }])).toMatchObject([
    { rows: [{ a: 5 }] },
    { rows: [{ a: 1 }] },
  ]);
});

test.each([
  ["int8", "9007199254740993::int8", 9_007_199_254_740_993n],
  ["int4", "42::int4", 42],
  ["numeric", "12.50::numeric(9,2)", "12.50"],
  ["float8", "0.1::float8", 0.1],
  ["bool", "true", true],
  ["text", "'ß'::text", "ß"],
  ["null", "null::int8", null],
  ["timestamptz", "'2026-01-31 12:00:00.25+02'::timestamptz", new Date("2026-01-31T10:00:00.250Z")],
  ["date", "'2026-01-31'::date", "2026-01-31"],
  ["timestamp", "'2026-01-31 12:00'::timestamp", "2026-01-31 12:00:00"],
  ["jsonb", `'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
  ["json null", "'null'::jsonb", null],
  ["bytea", String.raw`'\x00ff'::bytea`, Buffer.from([0, 255])],
  ["uuid", "'00000000-0000-0000-0000-000000000001'::uuid", "00000000-0000-0000-0000-000000000001"],
  ["text[]", `array['a','b"c',null,'']`, ["a", 'b"c', null, ""]],
  ["int8[]", "array[1,null]::int8[]", [1n, null]],
  ["numeric[]", "array[1.10,2]::numeric[]", ["1.10", "2"]],
  ["date[]", "array['2026-01-31']::date[]", ["2026-01-31"]],
  ["jsonb[]", `array['{"a":1}']::jsonb[]`, [{ a: 1 }]],
  [
    "int4[][]",
    "array[[1,2],[3,4]]",
    [
      [1, 2],
      [3, 4],
    ],
  ],
])("a column of type %s is read without loss", async (_type, expression, expected) => {
  expect(await value(await connected(), expression)).toEqual(expected);
});

test.each([
  ["int8", 9_007_199_254_740_993n],
  ["bool", false],
  ["text", "with 'quotes' \\ and \u{1F600}"],
  ["bytea", Buffer.from([0, 1, 255])],
  ["timestamptz", new Date("2026-01-31T10:20:30.456Z")],
  ["timestamptz", new Date("0000-06-01T00:00:00.000Z")],
  ["jsonb", { a: 'x"y', n: null }],
  ["text[]", ["a", null, 'b"c\\', "{},"]],
  ["bytea[]", [Buffer.from([0, 255])]],
  ["timestamptz[]", [new Date("2026-01-31T10:20:30.456Z")]],
  ["text", null],
])("a value of type %s comes back as it was sent", async (type, sent) => {
  expect(await value(await connected(), `$1::${type}`, [sent])).toEqual(sent);
});

test("more texts than a connection keeps are closed, and work when they come again", async () => {
  const client = await connected();
  for (let index = 0; index < preparedPerConnectionMax + 50; index += 1) {
    await runBatch(client, [{ text: `select ${index} as n` }, actor]);
  }
  await runBatch(client, [actor]);
  expect(await value(client, "(select count(*) from pg_prepared_statements)")).toBe(BigInt(preparedPerConnectionMax + 1));
  expect(preparedStatements(client.connection).size).toBe(preparedPerConnectionMax + 1);
  expect(await runBatch(client, [{ text: "select 0 as n" }])).toMatchObject([{ rows: [{ n: 0 }] }]);
});

test("a statement keeps its prepared name on every connection", async () => {
  const text = "select name from pg_prepared_statements where statement like 'select name from pg_prepared%' limit 1";
  const [first] = await runBatch(await connected(), [{ text }]);
  const [second] = await runBatch(await connected(), [{ text }]);
  expect(first?.rows[0]?.["name"]).toMatch(/^aw_[0-9a-f]{24}$/);
  expect(second?.rows).toEqual(first?.rows);
});

test("a statement whose result a migration changed fails once and is then prepared anew", async () => {
  const client = await connected();
  await client.query("create temporary table shape as select 1 as a");
  const select = { text: "select * from shape" };
  await runBatch(client, [select]);
  await client.query("alter table shape add column b text default 'new'");
  expect(await failureOf(runBatch(client, [select]))).toMatchObject({ sqlState: "0A000", retryable: true });
  expect(await runBatch(client, [select])).toMatchObject([{ rows: [{ a: 1, b: "new" }] }]);
});

test("a statement that somebody deallocated is prepared anew", async () => {
  const client = await connected();
  await runBatch(client, [actor]);
  await client.query("deallocate all");
  expect(await failureOf(runBatch(client, [actor]))).toMatchObject({ sqlState: "26000" });
  expect(await runBatch(client, [actor])).toHaveLength(1);
});

test("a statement past its time is typed as such", async () => {
  const client = await connected();
  await client.query("set statement_timeout = 50");
  expect(await failureOf(runBatch(client, [{ text: "select 1" }, { text: "select pg_sleep(5)" }]))).toBeInstanceOf(StatementTimedOut);
  expect(await value(client, "1")).toBe(1);
});

test("a connection that the server ends is typed as unavailable", async () => {
  const client = await connected();
  const other = await connected();
  const pid = await value(client, "pg_backend_pid()");
  const running = failureOf(runBatch(client, [{ text: "select pg_sleep(5)" }]));
  await value(other, "pg_sleep(0.1)");
  await value(other, "pg_terminate_backend($1::int)", [pid]);
  expect(await running).toBeInstanceOf(DatabaseUnavailable);
  expect(await failureOf(runBatch(client, [{ text: "select 1" }]))).toBeInstanceOf(DatabaseUnavailable);
});

test("a COPY that waits for rows is refused instead of waiting for ever", async () => {
  const failure = await failureOf(runBatch(await connected(), [{ text: "copy item from stdin" }]));
  expect(failure).toMatchObject({ message: expect.stringContaining("COPY FROM STDIN") });
});

interface Tap {
  readonly url: string;
  reset(): void;
  counts(): { readonly trips: number; readonly syncs: number; readonly readies: number; readonly parses: number };
  close(): void;
}

/** A proxy that counts messages. A round trip is what the client says until the server answers. */
async function wireTap(target: URL): Promise<Tap> {
  let counts = { trips: 0, syncs: 0, readies: 0, parses: 0 };
  let clientSpoke = false;
  const server: Server = createServer((downstream) => {
    const upstream = connect(Number(target.port), target.hostname);
    const fromClient = messageTypes(true);
    const fromServer = messageTypes(false);
    downstream.on("data", (chunk) => {
      counts.trips += clientSpoke ? 0 : 1;
      clientSpoke = true;
      const types = fromClient(chunk);
      counts.syncs += types.filter((type) => type === "S").length;
      counts.parses += types.filter((type) => type === "P").length;
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      clientSpoke = false;
      counts.readies += fromServer(chunk).filter((type) => type === "Z").length;
      downstream.write(chunk);
    });
    downstream.on("close", () => upstream.destroy());
    downstream.on("error", () => upstream.destroy());
    upstream.on("error", () => downstream.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const url = new URL(target);
  url.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: url.href,
    reset: () => {
      counts = { trips: 0, syncs: 0, readies: 0, parses: 0 };
    },
    counts: () => counts,
    close: () => server.close(),
  };
}

/** Cuts a stream of the protocol into messages; a client's first one has no type. */
function messageTypes(untypedFirst: boolean): (chunk: Buffer) => readonly string[] {
  let rest = Buffer.alloc(0);
  let untyped = untypedFirst;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const types: string[] = [];
    for (;;) {
      const head = untyped ? 0 : 1;
      if (rest.length < head + 4 || rest.length < head + rest.readInt32BE(head)) {
        return types;
      }
      types.push(untyped ? "startup" : String.fromCharCode(rest.readUInt8(0)));
      rest = rest.subarray(head + rest.readInt32BE(head));
      untyped = false;
    }
  };
}
