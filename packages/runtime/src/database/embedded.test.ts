import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded.ts";

let directory = "";
let postgres: EmbeddedPostgres;
const steps: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "archwright-embedded-"));
  postgres = await startEmbeddedPostgres({ directory, log: (step) => steps.push(step) });
});

afterAll(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true });
});

async function rows(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

test("it is PostgreSQL 18 with Unicode by the builtin provider, in UTC, with fsync", async () => {
  const provider = "select datlocprovider, datlocale, pg_encoding_to_char(encoding) from pg_database where datname = 'postgres'";
  expect(await rows(postgres.adminUrl, "select current_setting('server_version_num')::int / 10000")).toEqual([[18]]);
  expect(await rows(postgres.adminUrl, provider)).toEqual([["b", "C.UTF-8", "UTF8"]]);
  expect(await rows(postgres.adminUrl, "select lower('ÄÉŁ'), upper('straße')")).toEqual([["äéł", "STRASSE".replace("SS", "ß")]]);
  expect(await rows(postgres.adminUrl, "select current_setting('fsync'), current_setting('timezone')")).toEqual([["on", "UTC"]]);
});

test("nobody signs in without the password, which only its owner can read", async () => {
  const url = new URL(postgres.adminUrl);
  expect(url.password).toMatch(/^[\w-]{32}$/);
  const passwordFile = join(directory, "cluster", "password");
  expect((await readFile(passwordFile, "utf8")).trim()).toBe(url.password);
  expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
  url.password = "postgres";
  await expect(rows(url.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("it listens on this machine only, and has no socket file", async () => {
  expect(await rows(postgres.adminUrl, "select current_setting('listen_addresses'), current_setting('unix_socket_directories')")).toEqual([
    ["127.0.0.1", ""],
  ]);
});

test("a database is made once, whoever asks for it", async () => {
  const urls = await Promise.all([1, 2, 3].map(() => postgres.database('odd "name" ü')));
  expect(new Set(urls).size).toBe(1);
  expect(await rows(urls[0] ?? "", "select current_database()")).toEqual([['odd "name" ü']]);
});

test("a second start on the same directory shares the server and does not stop it", async () => {
  const second = await startEmbeddedPostgres({ directory });
  expect(second).toMatchObject({ port: postgres.port, adminUrl: postgres.adminUrl, started: false });
  await second.stop();
  expect(await rows(postgres.adminUrl, "select 1")).toEqual([[1]]);
});

test("the step that takes time is told once", () => {
  expect(steps).toEqual(["Making the embedded PostgreSQL's first database files (once)."]);
});

test("a stopped server starts again with its rows", async () => {
  const url = await postgres.database("kept");
  await rows(url, "create table kept as select 42 as answer");
  await postgres.stop();
  await postgres.stop();
  expect(existsSync(join(directory, "cluster", "data", "postmaster.pid"))).toBe(false);
  postgres = await startEmbeddedPostgres({ directory });
  expect(await rows(await postgres.database("kept"), "select answer from kept")).toEqual([[42]]);
});

test("a PostgreSQL of the machine on port 5432 is not in the way", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.once("error", () => resolve()); // Something listens there already, which is as good.
    server.listen(5432, "127.0.0.1", resolve);
  });
  const other = await mkdtemp(join(tmpdir(), "archwright-embedded-"));
  const second = await startEmbeddedPostgres({ directory: other, temporary: { ownerPid: process.pid } });
  expect(second.port).not.toBe(5432);
  expect(await rows(second.adminUrl, "select 1")).toEqual([[1]]);
  await second.stop();
  expect(existsSync(other)).toBe(false);
  server.close();
});
