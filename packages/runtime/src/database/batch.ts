import { DatabaseError, type ClientBase, type Connection, type Submittable } from "pg";
import { parserOf } from "./column-type.ts";
import { databaseFailure, isOutdatedPlan } from "./failure.ts";
import { toParameter, type Parameter } from "./parameter.ts";
import { preparedStatements, type Column, type Prepared } from "./prepared-statements.ts";

/** One SQL statement. Its prepared name follows from the text when none is given. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
}

export type Row = Readonly<Record<string, unknown>>;

export interface Result {
  readonly rows: readonly Row[];
  /** Rows that were returned or changed. */
  readonly rowCount: number;
  /** The command's tag: `SELECT`, `INSERT`, `CREATE TABLE`. */
  readonly command: string;
}

export interface BatchOptions {
  /** The index that errors give to the first statement; -1 when the pool put a `begin` in front of the caller's own. */
  readonly firstIndex?: number;
}

/**
 * Runs all statements in one round trip: every one is bound and executed, then one Sync. Outside a transaction block that makes
 * them one implicit transaction. At the first error the server skips the rest and the connection stays usable.
 *
 * @example
 * const [, orders] = await runBatch(client, [
 *   { text: "select set_config('archwright.actor', $1, true)", values: [actor] },
 *   { text: 'select * from "orders"."order" limit 20' },
 * ]);
 */
export async function runBatch(
  client: ClientBase,
  statements: readonly Statement[],
  options: BatchOptions = {},
): Promise<readonly Result[]> {
  const [results] = runBatches(client, [statements], options);
  return results ?? [];
}

/**
 * Writes several batches at once and reads their answers as they come. Each has a Sync of its own: outside a transaction block each is
 * an implicit transaction, and one that fails leaves the others alone.
 */
export function runBatches(
  client: ClientBase,
  batches: readonly (readonly Statement[])[],
  options: BatchOptions = {},
): readonly Promise<readonly Result[]>[] {
  const sent: Batch[] = [];
  const answers = batches.map((statements) => answerTo(statements, options, (batch) => sent.push(batch)));
  sent.forEach((batch, index) => (batch.next = sent[index + 1]));
  const [first] = sent;
  if (first) client.query(first);
  return answers;

  async function answerTo(
    statements: readonly Statement[],
    { firstIndex = 0 }: BatchOptions,
    send: (batch: Batch) => void,
  ): Promise<readonly Result[]> {
    if (statements.length === 0) return [];
    const bound = statements.map(bind);
    let failedAt = 0;
    try {
      return await new Promise<readonly Result[]>((resolve, reject) => {
        const fail = (error: unknown, index: number): void => {
          failedAt = index;
          reject(error);
        };
        send(new Batch(client, bound, resolve, fail));
      });
    } catch (error) {
      throw databaseFailure(error, failedAt + firstIndex, statements[failedAt]?.text);
    }
  }
}

interface BoundStatement {
  readonly text: string;
  readonly name: string | undefined;
  readonly values: Parameter[];
}

// The protocol counts parameters in 16 bits; without this the count would wrap around and the statement would be garbled.
const parametersMax = 65_535;

function bind(statement: Statement): BoundStatement {
  const values = statement.values ?? [];
  if (values.length > parametersMax) {
    throw new RangeError(
      `A statement has ${values.length} parameters, and the protocol carries ${parametersMax}: pass arrays and unnest them, or send it in parts.`,
    );
  }
  return { text: statement.text, name: statement.name, values: values.map(toParameter) };
}

interface Planned {
  readonly prepared: Prepared;
  readonly fresh: boolean;
}

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/**
 * The object form that `client.query` accepts: `pg` calls these methods as the server's messages arrive. It knows one query at a time,
 * so each batch hands over to the next, whose bytes are on their way already.
 */
class Batch implements Submittable {
  readonly #client: ClientBase;
  readonly #statements: readonly BoundStatement[];
  readonly #resolve: (results: readonly Result[]) => void;
  readonly #reject: (error: unknown, index: number) => void;
  readonly #results: Result[] = [];
  #plan: readonly Planned[] = [];
  #written = false;
  #unwritable: unknown = null;
  #rows: Row[] = [];
  next: Batch | undefined;

  constructor(
    client: ClientBase,
    statements: readonly BoundStatement[],
    resolve: (results: readonly Result[]) => void,
    reject: (error: unknown, index: number) => void,
  ) {
    this.#client = client;
    this.#statements = statements;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** An error that is returned here comes back through `handleError`; nothing of this batch was written then. */
  submit(connection: Connection): unknown {
    if (!this.#written) {
      connection.stream.cork();
      this.#writeAll(connection);
      connection.stream.uncork();
    }
    return this.#unwritable;
  }

  #writeAll(connection: Connection): void {
    this.#write(connection);
    if (this.next) this.next.#writeAll(connection);
  }

  #write(connection: Connection): void {
    this.#written = true;
    const known = preparedStatements(connection);
    known.trim();
    try {
      this.#plan = this.#statements.map((statement) => known.take(statement.text, statement.name));
    } catch (error) {
      this.#unwritable = error;
      return;
    }
    for (const name of known.takeClosing()) {
      connection.close({ type: "S", name }, true);
    }
    this.#plan.forEach(({ prepared, fresh }, index) => {
      if (fresh) {
        connection.parse({ name: prepared.name, text: prepared.text, types: [] }, true);
        connection.describe({ type: "S", name: prepared.name }, true);
      }
      connection.bind({ portal: "", statement: prepared.name, values: this.#statements[index]?.values ?? [] }, true);
      connection.execute({ portal: "" }, true);
    });
    connection.sync();
  }

  handleRowDescription(message: RowDescription): void {
    const step = this.#plan[this.#results.length];
    if (step !== undefined) {
      step.prepared.columns = message.fields.map((field): Column => ({ name: field.name, parse: parserOf(field.dataTypeID) }));
    }
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    this.#rows.push(readRow(this.#plan[this.#results.length]?.prepared.columns ?? [], message.fields));
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#results.push(resultOf(message.text, this.#rows));
    this.#rows = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: "" });
  }

  handleReadyForQuery(): void {
    this.#handOver();
    this.#resolve(this.#results);
  }

  handleError(error: Error, connection: Connection): void {
    const known = preparedStatements(connection);
    known.forgetUnconfirmed(this.#plan.map(({ prepared }) => prepared));
    const failed = this.#plan[this.#results.length];
    // A fresh statement may have been parsed but not described, so its columns cannot be trusted.
    if (failed !== undefined && (failed.fresh || (error instanceof DatabaseError && isLostStatement(error)))) {
      known.forget(failed.prepared);
    }
    this.#handOver();
    this.#reject(error, this.#results.length);
  }

  #handOver(): void {
    if (this.next) this.#client.query(this.next);
    this.next = undefined;
  }

  handleCopyInResponse(connection: Connection): void {
    // The server has taken the Sync for a part of the copy and would wait for ever; this connection cannot be mended.
    connection.stream.destroy(new Error("A batch cannot carry the rows of COPY FROM STDIN: insert from arrays with unnest instead."));
  }

  handleCopyData(): void {
    // The rows of a COPY TO have no place in a result; the command's own tag still arrives.
  }
}

// 26000: somebody deallocated it. 42P05: it is there although we do not know of it.
function isLostStatement(error: DatabaseError): boolean {
  return error.code === "26000" || error.code === "42P05" || isOutdatedPlan(error);
}

function readRow(columns: readonly Column[], fields: readonly (string | null)[]): Row {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    const text = fields[index];
    if (column !== undefined && text !== undefined) {
      row[column.name] = text === null ? null : column.parse(text);
    }
  }
  return row;
}

// `SELECT 3` and `INSERT 0 1` end with a count and begin with one word; `CREATE TABLE` has no count.
function resultOf(tag: string, rows: readonly Row[]): Result {
  const count = Number(tag.slice(tag.lastIndexOf(" ") + 1));
  return Number.isInteger(count) && tag !== ""
    ? { rows, rowCount: count, command: tag.slice(0, tag.indexOf(" ")) }
    : { rows, rowCount: 0, command: tag };
}
