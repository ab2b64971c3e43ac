import { assemble, entityRole, loginRole, operationRole, type Model } from "@archwright/model";
import { emitSql } from "@archwright/compiler";
import { Client, type QueryResult } from "pg";
import { applyScript } from "../../packages/runtime/src/database/apply.ts";
import { testDatabase } from "../../packages/runtime/src/database/test-database.ts";
import hello from "../../examples/hello/system.ts";
import shop from "../../examples/shop/system.ts";
import everything from "../fixtures/everything.ts";

export const models = { shop: assemble(shop).model, hello: assemble(hello).model, everything: assemble(everything).model };

/** Who speaks to the database: a role that the login role has become, and what the session says of the caller. */
export interface Speaker {
  readonly role?: string;
  readonly caller?: { readonly role: string; readonly id: string | null };
}

/** The database of a model, with a superuser's connection to it. */
export interface ModelDatabase {
  readonly model: Model;
  readonly client: Client;
  /** Runs statements in a transaction that is taken back. */
  trial<T>(work: (client: Client) => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

export async function modelDatabase(model: Model): Promise<ModelDatabase> {
  const database = await testDatabase();
  await applyScript(database.adminUrl, emitSql(model), { lockKey: model.name });
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  return {
    model,
    client,
    async trial(work) {
      await client.query("begin");
      try {
        return await work(client);
      } finally {
        await client.query("rollback");
      }
    },
    async drop() {
      await client.end();
      await database.drop();
    },
  };
}

/** The rest of the transaction is the login role's, as if it had signed in, in the role that it takes. */
export async function speakAs(client: Client, model: Model, { role, caller }: Speaker): Promise<void> {
  await client.query(`set local session authorization ${client.escapeIdentifier(loginRole(model.name))}`);
  if (role !== undefined) await client.query(`set local role ${client.escapeIdentifier(role)}`);
  await client.query("select set_config('archwright.role', $1, true), set_config('archwright.actor', $2, true)", [
    caller?.role ?? "",
    caller?.id ?? "",
  ]);
}

export async function speakAsSuperuser(client: Client): Promise<void> {
  await client.query("reset role");
  await client.query("reset session authorization");
}

export const operation = (model: Model, id: string): string => operationRole(model.name, id);
export const routes = (model: Model, id: string): string => entityRole(model.name, id);

/** The SQLSTATE with which PostgreSQL refuses a statement, or "allowed". The transaction goes on. */
export async function outcomeOf(client: Client, text: string, values: readonly unknown[] = []): Promise<string> {
  await client.query("savepoint attempt");
  try {
    await client.query(text, [...values]);
    return "allowed";
  } catch (error) {
    return sqlStateOf(error);
  } finally {
    await client.query("rollback to savepoint attempt");
  }
}

export function sqlStateOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

export const idsOf = ({ rows }: QueryResult<{ id: string }>): readonly string[] => rows.map(({ id }) => id).sort();
