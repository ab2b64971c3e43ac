import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Model } from "@archwright/model";
import { createPool, createSecrets, prepareSchema, startEmbeddedPostgres, type EmbeddedPostgres } from "@archwright/runtime";
import type { Progress } from "../terminal/progress.ts";
import { plantSeeds, type Seeded } from "./seed-file.ts";

/** What `dev` keeps beside the model, out of version control: the database and the key of its secrets. */
export const folderOf = (modelFile: string): string => join(dirname(modelFile), ".archwright");

/** Starts, or shares, the PostgreSQL of a project. */
export async function startDatabase(modelFile: string, progress: Progress): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ directory: join(folderOf(modelFile), "postgres"), log: (text) => progress.step(text) });
}

/** A key that lasts as long as the development database does. */
export async function developmentKey(modelFile: string): Promise<Buffer> {
  const file = join(folderOf(modelFile), "secret");
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" }).catch(() => undefined); // Another process may have been first; then its key is read.
  }
  return Buffer.from((await readFile(file, "utf8")).trim(), "hex");
}

export interface DevelopmentSchema {
  readonly appUrl: string;
  /** Set when the database was made just now and seeds were planted in it. */
  readonly seeded?: Seeded;
}

/** The database of a model's schema. Each schema has its own, so that a change of the model never touches the rows of the one before. */
export async function prepareDevelopment(postgres: EmbeddedPostgres, { model, hash, file }: { readonly model: Model; readonly hash: string; readonly file: string }, script: string, masterKey: Buffer): Promise<DevelopmentSchema> {
  const schemaHash = createHash("sha256").update(script).digest("hex");
  const adminUrl = await postgres.database(`${model.name}_${schemaHash.slice(0, 8)}`);
  const { appUrl, fresh } = await prepareSchema({ adminUrl, system: model.name, script, schemaHash, modelHash: hash });
  if (!fresh) return { appUrl };
  const adminPool = createPool({ url: adminUrl, max: 1, applicationName: "archwright seeds", connectTimeoutMs: 5_000, statementTimeoutMs: 60_000, idleTimeoutMs: 1_000, onError: () => undefined });
  try {
    const seeded = await plantSeeds(file, model, adminPool, createSecrets(masterKey));
    return { appUrl, ...(seeded && { seeded }) };
  } finally {
    await adminPool.end();
  }
}
