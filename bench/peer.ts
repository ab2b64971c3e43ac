import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import type { EmbeddedPostgres } from "@archwright/runtime";
import type { BackendCommand } from "./backend.ts";

const folder = resolve("bench", "peers", "fastify-pg");

/** A server written by hand, with a database of its own on that PostgreSQL. */
export async function preparePeer(postgres: EmbeddedPostgres): Promise<BackendCommand> {
  const environment = { DATABASE_URL: await postgres.database("peer") };
  execFileSync(process.execPath, [resolve(folder, "setup.mjs")], { env: environment });
  return { words: [resolve(folder, "server.mjs")], environment };
}
