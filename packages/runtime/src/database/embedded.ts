import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Client, DatabaseError, escapeIdentifier } from "pg";
import { serverAccount } from "./embedded/account.ts";
import { findBinaries } from "./embedded/binaries.ts";
import { ensureCluster } from "./embedded/cluster.ts";
import { EmbeddedPostgresFailure, orDatabaseUrl } from "./embedded/failure.ts";
import { clusterFolder, defaultPlaces, type Places } from "./embedded/places.ts";
import { startOrShare } from "./embedded/server.ts";

export { EmbeddedPostgresFailure } from "./embedded/failure.ts";

export interface EmbeddedPostgresOptions {
  /** Where the database lives. It is made if it is not there. */
  readonly directory: string;
  /** Hears of the steps that take time, in a sentence each. */
  readonly log?: (message: string) => void;
  /** For tests: a power failure may destroy the database, it stops when that process is gone, and its folder goes with it. */
  readonly temporary?: { readonly ownerPid: number };
  readonly places?: Places;
}

export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  /** Signs in as the superuser. */
  readonly adminUrl: string;
  /** False when another process had started the server: it then stays up when this one stops. */
  readonly started: boolean;
  /** The URL of a database of this server, which is made if it is not there. */
  database(name: string): Promise<string>;
  /** Stops the server if this call started it. */
  stop(): Promise<void>;
}

const host = "127.0.0.1";

/**
 * A real PostgreSQL from npm, for developing and testing. One server per directory: whoever comes second shares it.
 *
 * @example
 * const postgres = await startEmbeddedPostgres({ directory: ".archwright/postgres", log: console.log });
 * const url = await postgres.database("shop");
 * await postgres.stop();
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (process.platform === "win32") {
    throw new EmbeddedPostgresFailure({
      what: "The embedded PostgreSQL does not run on Windows itself.",
      why: "Its server is watched over by a POSIX shell.",
      fix: `Run this in WSL, ${orDatabaseUrl}.`,
    });
  }
  const log = options.log ?? (() => undefined);
  const places = options.places ?? defaultPlaces();
  const account = serverAccount();
  const binaries = await findBinaries({ account, places, log });
  const folder = await clusterFolder(options.directory, { account, places, log });
  const durable = options.temporary === undefined;
  const { data, password } = await ensureCluster({ folder, account, binaries, places, durable, log });
  const server = await startOrShare({
    data,
    logFile: join(folder, "server.log"),
    account,
    binaries,
    durable,
    log,
    ownerPid: options.temporary?.ownerPid ?? process.pid,
    remove: options.temporary && folder,
  });
  const urlOf = (database: string): string =>
    `postgresql://postgres:${password}@${host}:${server.postmaster.port}/${encodeURIComponent(database)}`;
  return {
    host,
    port: server.postmaster.port,
    adminUrl: urlOf("postgres"),
    started: server.stop !== undefined,
    async database(name) {
      await createDatabase(urlOf("postgres"), name);
      return urlOf(name);
    },
    async stop() {
      await server.stop?.();
      if (server.stop !== undefined && options.temporary !== undefined) {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, application_name: "archwright embedded" });
  try {
    await client.connect();
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      await client.query(`create database ${escapeIdentifier(name)}`);
    }
  } catch (error) {
    // Two processes that make it at once: one of them is told that it is there.
    if (!(error instanceof DatabaseError && (error.code === "42P04" || error.code === "23505"))) {
      throw error;
    }
  } finally {
    await client.end();
  }
}
