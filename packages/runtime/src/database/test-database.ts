import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { Client, escapeIdentifier } from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded.ts";

export interface TestDatabase {
  /** Signs in as the superuser to a fresh, empty database. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

let server: Promise<EmbeddedPostgres> | undefined;

/**
 * A fresh database on a server that all test files of one run share. The server starts with the first and stops, with its files,
 * soon after the run is over, be it by a kill.
 *
 * @example
 * const database = await testDatabase();
 * afterAll(() => database.drop());
 */
export async function testDatabase(): Promise<TestDatabase> {
  server ??= sharedServer();
  const { adminUrl: serverUrl, database } = await server;
  const name = `test_${randomBytes(8).toString("hex")}`;
  return {
    adminUrl: await database(name),
    async drop() {
      const client = new Client({ connectionString: serverUrl });
      await client.connect();
      try {
        await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
      } finally {
        await client.end();
      }
    },
  };
}

async function sharedServer(): Promise<EmbeddedPostgres> {
  const ownerPid = runPid();
  const directory = join(tmpdir(), `archwright-test-${process.getuid?.()}-${ownerPid}`);
  return startEmbeddedPostgres({ directory, temporary: { ownerPid } });
}

// vitest runs each file in a process or a thread of its own that ends with the file; the run itself is their parent.
function runPid(): number {
  return process.env["VITEST_WORKER_ID"] !== undefined && isMainThread ? process.ppid : process.pid;
}
