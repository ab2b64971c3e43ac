import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createListener, type Listener, type ListenerOptions } from "./listen.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
let admin: Client;
const listeners: Listener[] = [];

beforeAll(async () => {
  database = await testDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

interface Heard {
  readonly listener: Listener;
  readonly payloads: string[];
  readonly errors: unknown[];
  connects: number;
}

function listen(options: Partial<ListenerOptions> = {}): Heard {
  const payloads: string[] = [];
  const errors: unknown[] = [];
  const listener = createListener({
    url: database.adminUrl,
    channel: 'odd "channel"',
    reconnect: { firstMs: 5, mostMs: 50 },
    onNotify: (payload) => payloads.push(payload),
    onConnect: () => {
      heard.connects += 1;
    },
    onError: (error) => errors.push(error),
    ...options,
  });
  const heard: Heard = { listener, payloads, errors, connects: 0 };
  listeners.push(listener);
  return heard;
}

async function notify(payload: string): Promise<void> {
  await admin.query("select pg_notify($1, $2)", ['odd "channel"', payload]);
}

test("what is notified is heard, in its order", async () => {
  const { listener, payloads } = listen();
  await listener.ready;
  await notify("1");
  await notify("2");
  await expect.poll(() => payloads).toEqual(["1", "2"]);
});

test("a broken connection is made again, is reported, and hears again", async () => {
  const heard = listen({ applicationName: "listener to be killed" });
  await heard.listener.ready;
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listener to be killed'");
  await expect.poll(() => heard.connects).toBe(2);
  await notify("after");
  await expect.poll(() => heard.payloads).toEqual(["after"]);
  expect(heard.errors).toMatchObject([{ name: "DatabaseUnavailable" }]);
});

test("a server that is not there is tried again until it is closed", async () => {
  const url = new URL(database.adminUrl);
  url.port = "1";
  const { listener, errors } = listen({ url: url.href });
  await expect.poll(() => errors.length).toBeGreaterThan(2);
  await listener.close();
  const tried = errors.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(errors).toHaveLength(tried);
});

test("closing ends the connection", async () => {
  const { listener } = listen({ applicationName: "closing listener" });
  await listener.ready;
  await listener.close();
  await expect
    .poll(async () => (await admin.query("select from pg_stat_activity where application_name = 'closing listener'")).rowCount)
    .toBe(0);
});

test("a heartbeat keeps a quiet listener in place", async () => {
  const heard = listen({ heartbeatMs: 10 });
  await heard.listener.ready;
  await new Promise((resolve) => setTimeout(resolve, 100));
  await notify("still here");
  await expect.poll(() => heard.payloads).toEqual(["still here"]);
  expect(heard).toMatchObject({ connects: 1, errors: [] });
});
