import { createHmac } from "node:crypto";
import { loginRole } from "@archwright/model";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { applyScript } from "./apply.ts";
import { databaseFailure } from "./failure.ts";

export interface SchemaOptions {
  /** Signs in as who owns the schema. Nothing that serves a request uses it. */
  readonly adminUrl: string;
  readonly system: string;
  /** The whole schema, for an empty database. */
  readonly script: string;
  readonly schemaHash: string;
  readonly modelHash: string;
}

export interface PreparedSchema {
  /** Signs in as the role that serves requests: it owns nothing and cannot pass by row security. */
  readonly appUrl: string;
  /** The schema was made just now, so that there is nothing in it yet. */
  readonly fresh: boolean;
}

/** The database holds the schema of another model. */
export class SchemaMismatch extends Error {
  override readonly name = "SchemaMismatch";
}

/** Makes the schema in an empty database, or finds it there, and opens the door for the serving role. */
export async function prepareSchema(options: SchemaOptions): Promise<PreparedSchema> {
  const fresh = await withClient(options.adminUrl, (client) => isEmpty(client, options));
  if (fresh) await applyScript(options.adminUrl, `${options.script}\n${stamp(options)}`, { lockKey: "archwright schema" });
  return { appUrl: await appUrl(options), fresh };
}

async function isEmpty(client: Client, { system, schemaHash }: SchemaOptions): Promise<boolean> {
  const { rows: places } = await client.query<{ there: boolean }>("select to_regclass('archwright.system') is not null as there");
  if (!places[0]?.there) return true;
  const { rows } = await client.query<{ name: string; schema_hash: string }>("select name, schema_hash from archwright.system");
  const [found] = rows;
  if (found?.name === system && found.schema_hash === schemaHash) return false;
  throw new SchemaMismatch(
    found?.name === system
      ? `This database holds an earlier schema of "${system}" (${found.schema_hash.slice(0, 8)}, the model's is ${schemaHash.slice(0, 8)}).`
      : `This database belongs to the system "${found?.name ?? "unknown"}", not to "${system}".`,
  );
}

function stamp({ system, schemaHash, modelHash }: SchemaOptions): string {
  const values = [system, schemaHash, modelHash].map(escapeLiteral).join(", ");
  return `insert into archwright.system (name, schema_hash, model_hash, applied_at) values (${values}, now());`;
}

/**
 * The serving role's password follows from the owner's, so that every process of a deployment knows it and nobody has to keep it.
 * It is only set where signing in with it fails.
 */
async function appUrl({ adminUrl, system }: SchemaOptions): Promise<string> {
  const url = new URL(adminUrl);
  const role = loginRole(system);
  const password =
    url.password === "" ? "" : createHmac("sha256", decodeURIComponent(url.password)).update(`archwright ${role}`).digest("base64url");
  url.username = encodeURIComponent(role);
  url.password = password;
  if (await canSignIn(url.href)) return url.href;
  await withClient(adminUrl, (client) =>
    client.query(`alter role ${escapeIdentifier(role)} with login${password === "" ? "" : ` password ${escapeLiteral(password)}`}`),
  );
  return url.href;
}

async function canSignIn(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query("select 1"));
    return true;
  } catch {
    // Whatever the reason, setting the password is tried next, and that failure is the one to report.
    return false;
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: "archwright schema", connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // The running query reports it.
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw error instanceof SchemaMismatch ? error : databaseFailure(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
