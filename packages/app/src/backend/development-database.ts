import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { emitSql } from "@archwright/compiler";
import { boundedName, type Model } from "@archwright/model";
import {
  createPool,
  createSecrets,
  EmbeddedPostgresFailure,
  prepareSchema,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type Pool,
} from "@archwright/runtime";
import { Failure } from "../command.ts";
import type { Compiled } from "../compile.ts";
import type { Progress } from "../terminal/progress.ts";
import { plantSeeds } from "./planting.ts";
import { readSeeds } from "./seed-file.ts";

export interface DevelopmentSchema {
  /** Of the database. */
  readonly name: string;
  readonly adminUrl: string;
  /** Signs in as the role that serves requests. */
  readonly appUrl: string;
  /** It was made just now. */
  readonly fresh: boolean;
  /** The digest of the seeds that it began with, if any were planted. */
  readonly seeded: string | undefined;
}

export interface PrepareOptions {
  /** Files are named from here. */
  readonly folder: string;
  readonly masterKey: Buffer;
  /** Drops the database of this schema first, if there is one. */
  readonly anew: boolean;
}

/** The PostgreSQL of a project, and in it one database for each schema that its model has had. */
export class DevelopmentDatabase {
  readonly #postgres: EmbeddedPostgres;
  readonly #admin: Pool;
  #closing = false;

  private constructor(postgres: EmbeddedPostgres, onLost: () => void) {
    this.#postgres = postgres;
    const lost = (): void => {
      if (!this.#closing) onLost();
      this.#closing = true;
    };
    // One connection stays open: when it breaks, the server is gone.
    this.#admin = poolOf(postgres.adminUrl, { max: 3, idleTimeoutMs: 0, onError: lost });
  }

  /** Starts the server, or shares the one that another process has started. `onLost` hears of its end, at most once. */
  static async open(modelFile: string, progress: Pick<Progress, "step">, onLost: () => void): Promise<DevelopmentDatabase> {
    await keepOutOfVersionControl(modelFile);
    const directory = join(folderOf(modelFile), "postgres");
    const log = (text: string): void => progress.step(text.replace(/\.$/, ""));
    const postgres = await startEmbeddedPostgres({ directory, log }).catch(refuseEmbedded);
    const database = new DevelopmentDatabase(postgres, onLost);
    await database.#admin.read([{ text: "select 1" }]);
    return database;
  }

  /**
   * The database of a model's schema. Each schema has its own, so that a change of the model never touches the rows of the one before.
   * A new one gets its name when all of its seeds are in it: until then it is another attempt's to drop.
   *
   * @throws Failure where the seeds are wrong
   */
  async prepare({ model, hash, file }: Pick<Compiled, "model" | "hash" | "file">, options: PrepareOptions): Promise<DevelopmentSchema> {
    const script = emitSql(model);
    const schemaHash = hashOf(script);
    const schema = { system: model.name, script, schemaHash, modelHash: hash };
    const name = databaseName(model, schemaHash);
    return this.#admin.transaction(async (lock) => {
      await lock.run([{ text: "select pg_advisory_xact_lock(hashtextextended($1, 0))", values: [`archwright dev ${name}`] }]);
      if (options.anew) await this.#drop(name);
      const found = await this.#facts(name);
      if (found) {
        const adminUrl = await this.#postgres.database(name);
        const { appUrl } = await prepareSchema({ ...schema, adminUrl });
        return { name, adminUrl, appUrl, fresh: false, seeded: found.comment };
      }
      const attempt = boundedName(`${name}_new`);
      await this.#drop(attempt);
      const attemptUrl = await this.#postgres.database(attempt);
      const { appUrl } = await prepareSchema({ ...schema, adminUrl: attemptUrl });
      const seeded = await plant(attemptUrl, file, model, options);
      await this.#name(attempt, name, seeded);
      const [adminUrl, servedUrl] = [attemptUrl, appUrl].map((url) => withDatabase(url, name));
      return { name, adminUrl: adminUrl ?? "", appUrl: servedUrl ?? "", fresh: true, seeded };
    });
  }

  /** The URL, for the superuser, of the database of a model's schema, if there is one. */
  async find(model: Model): Promise<string | undefined> {
    const name = databaseName(model, hashOf(emitSql(model)));
    return (await this.#facts(name)) && this.#postgres.database(name);
  }

  /** Stops the server if this process has started it. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#admin.end(1_000);
    await this.#postgres.stop();
  }

  async #facts(name: string): Promise<{ readonly comment: string | undefined } | undefined> {
    const text = "select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1";
    const [found] = await this.#admin.read([{ text, values: [name] }]);
    const [row] = found?.rows ?? [];
    return row && { comment: typeof row["comment"] === "string" ? row["comment"] : undefined };
  }

  async #drop(name: string): Promise<void> {
    await this.#admin.read([{ text: `drop database if exists ${quoted(name)} with (force)` }]);
  }

  async #name(attempt: string, name: string, seeded: string | undefined): Promise<void> {
    if (seeded !== undefined) await this.#admin.read([{ text: `comment on database ${quoted(attempt)} is '${seeded}'` }]);
    await this.#admin.read([{ text: `alter database ${quoted(attempt)} rename to ${quoted(name)}` }]);
  }
}

/** The runtime proposes a database of one's own, which this command does not take. */
function refuseEmbedded(error: unknown): never {
  if (!(error instanceof EmbeddedPostgresFailure)) throw error;
  const fix = error.fix.replace("set DATABASE_URL to a PostgreSQL of your own", "use `archwright start` with a PostgreSQL of your own");
  throw new Failure({ what: error.what, why: error.why, fix }, error);
}

/** What `dev` keeps beside the model: the database and the key of its secrets. */
const folderOf = (modelFile: string): string => join(dirname(modelFile), ".archwright");

async function keepOutOfVersionControl(modelFile: string): Promise<void> {
  const file = join(folderOf(modelFile), ".gitignore");
  if (existsSync(file)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "*\n");
}

/** A key that lasts as long as the development database does. */
export async function developmentKey(modelFile: string): Promise<Buffer> {
  const file = join(folderOf(modelFile), "secret");
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" }).catch(refuseAllBut("EEXIST")); // Another process may have been first; then its key is read.
  }
  return Buffer.from((await readFile(file, "utf8")).trim(), "hex");
}

function refuseAllBut(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Error && "code" in error && error.code === code)) throw error;
  };
}

/** For work as the superuser, in short transactions. */
export function poolOf(
  url: string,
  {
    max = 1,
    idleTimeoutMs = 1_000,
    onError = () => undefined,
  }: { readonly max?: number; readonly idleTimeoutMs?: number; readonly onError?: () => void } = {},
): Pool {
  return createPool({
    url,
    max,
    applicationName: "archwright dev",
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 60_000,
    idleTimeoutMs,
    onError,
  });
}

async function plant(adminUrl: string, file: string, model: Model, { folder, masterKey }: PrepareOptions): Promise<string | undefined> {
  const seeds = readSeeds(file, model, folder);
  if (!seeds) return undefined;
  const adminPool = poolOf(adminUrl);
  try {
    await plantSeeds(seeds, { model, adminPool, secrets: createSecrets(masterKey) });
    return seeds.digest;
  } finally {
    await adminPool.end();
  }
}

const hashOf = (script: string): string => createHash("sha256").update(script).digest("hex");

/** PostgreSQL cuts longer names off without a word, and with them what tells two schemas apart. */
const databaseName = ({ name }: Model, schemaHash: string): string => boundedName(`${name}_${schemaHash.slice(0, 8)}`);

// The names are made above, from a system's name and hexadecimal digits; what is quoted can be no parameter here.
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}
