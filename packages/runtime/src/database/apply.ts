import { Client, DatabaseError } from "pg";
import { databaseFailure } from "./failure.ts";

export interface ApplyOptions {
  /** Processes that apply under the same key do so one after the other. */
  readonly lockKey: string;
  /** How long a statement may wait for a lock of others, such as a long query on a table that changes. Default 10 s. */
  readonly lockTimeoutMs?: number;
}

/** A script was refused; nothing of it took effect. */
export class ScriptFailure extends Error {
  override readonly name = "ScriptFailure";
  readonly sqlState: string;
  /** Where in the script, from 1; unknown for errors that have no place. */
  readonly line: number | undefined;

  constructor(error: DatabaseError, line: number | undefined, statement: string | undefined) {
    const place = line === undefined ? "The SQL script was refused" : `Line ${line} of the SQL script was refused`;
    const excerpt = statement === undefined ? "" : `\n  ${statement}`;
    const more = [error.detail, error.hint].filter((text) => text !== undefined).map((text) => `\n  ${text}`);
    super(`${place}: ${error.message} (${error.code ?? "no code"}).${excerpt}${more.join("")}`, { cause: error });
    this.sqlState = error.code ?? "XX000";
    this.line = line;
  }
}

const connectTimeoutMs = 10_000;

/**
 * Runs a script of statements in one transaction, while no other process applies one under the same key.
 * The script must not begin or end transactions itself.
 *
 * @example
 * await applyScript(adminUrl, ddl, { lockKey: "shop" });
 */
export async function applyScript(adminUrl: string, sql: string, options: ApplyOptions): Promise<void> {
  const client = new Client({
    connectionString: adminUrl,
    application_name: "archwright apply",
    connectionTimeoutMillis: connectTimeoutMs,
  });
  client.on("error", () => undefined); // The running query reports it.
  try {
    await client.connect();
    await client.query("begin");
    // Waiting for another process that applies is not what lock_timeout is about, so the lock comes first.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [options.lockKey]);
    await client.query("select set_config('lock_timeout', $1, true)", [`${options.lockTimeoutMs ?? 10_000}ms`]);
    await runScript(client, sql);
    await client.query("commit");
  } catch (error) {
    throw error instanceof ScriptFailure ? error : databaseFailure(error);
  } finally {
    // Ending the connection rolls back what was not committed.
    await client.end().catch(() => undefined);
  }
}

async function runScript(client: Client, sql: string): Promise<void> {
  const before = await transactionId(client);
  try {
    await client.query(sql);
  } catch (error) {
    if (error instanceof DatabaseError && error.severity === "ERROR") {
      const line = lineAt(sql, error.position);
      throw new ScriptFailure(error, line, line === undefined ? undefined : sql.split("\n")[line - 1]?.trim());
    }
    throw error;
  }
  if ((await transactionId(client)) !== before) {
    throw new Error(
      "The SQL script ended the transaction it ran in, so a failure could leave half of it: remove its begin, commit and rollback.",
    );
  }
}

async function transactionId(client: Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>("select pg_current_xact_id()::text as id");
  return rows[0]?.id ?? "";
}

// PostgreSQL counts characters where JavaScript counts UTF-16 units.
function lineAt(sql: string, position: string | undefined): number | undefined {
  if (position === undefined) {
    return undefined;
  }
  return Array.from(sql).slice(0, Number(position)).join("").split("\n").length;
}
