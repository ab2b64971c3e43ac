import { DatabaseError } from "pg";

/** The database cannot be reached or refuses work now. The same call may succeed later. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
  readonly retryAfterMs: number;
  /** The connection broke while a commit was under way: the transaction may have happened, so a blind repeat could do it twice. */
  readonly outcomeUnknown: boolean;

  constructor(
    message: string,
    options: { readonly retryAfterMs?: number; readonly outcomeUnknown?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? 1000;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
  }
}

/** The server cancelled a statement, normally because it ran longer than the pool's `statementTimeoutMs`. */
export class StatementTimedOut extends Error {
  override readonly name = "StatementTimedOut";
  /** The position of the statement in the batch that the caller gave. */
  readonly statementIndex: number;
  readonly statement: string | undefined;

  constructor(
    message: string,
    options: { readonly statementIndex: number; readonly statement: string | undefined; readonly cause: unknown },
  ) {
    super(message, { cause: options.cause });
    this.statementIndex = options.statementIndex;
    this.statement = options.statement;
  }
}

/** PostgreSQL refused a statement. `detail` may hold values of rows: it is for logs and decisions, never for clients. */
export class DatabaseFailure extends Error {
  override readonly name = "DatabaseFailure";
  readonly sqlState: string;
  readonly constraint: string | undefined;
  readonly schema: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  /** The position of the statement in the batch that the caller gave; -1 is the `begin` that was put in front of it. */
  readonly statementIndex: number;
  readonly statement: string | undefined;
  /** Running the whole transaction again may succeed: a serialization failure, a deadlock, or a plan that a migration outdated. */
  readonly retryable: boolean;

  constructor(error: DatabaseError, statementIndex: number, statement: string | undefined) {
    super(error.message, { cause: error });
    this.sqlState = error.code ?? "XX000";
    this.constraint = error.constraint;
    this.schema = error.schema;
    this.table = error.table;
    this.column = error.column;
    this.detail = error.detail;
    this.hint = error.hint;
    this.statementIndex = statementIndex;
    this.statement = statement;
    this.retryable = this.sqlState === "40001" || this.sqlState === "40P01" || isOutdatedPlan(error);
  }
}

/** The statement was prepared before a migration changed the type of its result. Preparing it again mends that. */
export function isOutdatedPlan(error: DatabaseError): boolean {
  return error.code === "0A000" && error.routine === "RevalidateCachedQuery";
}

/** Sorts what `pg` throws into the three failures of this folder; anything else is a mistake of ours and is returned as it is. */
export function databaseFailure(error: unknown, statementIndex = 0, statement?: string): unknown {
  if (error instanceof DatabaseError) {
    const state = error.code ?? "";
    if (isOutage(state)) {
      return new DatabaseUnavailable(`The database refuses work: ${error.message} (${state}).`, { cause: error });
    }
    if (state === "57014") {
      return new StatementTimedOut(`A statement was cancelled: ${error.message}.`, { statementIndex, statement, cause: error });
    }
    return new DatabaseFailure(error, statementIndex, statement);
  }
  if (error instanceof Error && isBrokenConnection(error)) {
    return new DatabaseUnavailable(`The database cannot be reached: ${error.message || errorCode(error)}.`, { cause: error });
  }
  return error;
}

// 57P01 to 57P05: the server stops, crashed, starts, or lost the session's database. 53300: it has no connection left.
function isOutage(sqlState: string): boolean {
  return sqlState.startsWith("08") || sqlState.startsWith("57P") || sqlState === "53300" || sqlState === "25P03" || sqlState === "25P04";
}

const networkCodes = new Set(
  "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH EHOSTDOWN ENOENT ERR_STREAM_DESTROYED".split(
    " ",
  ),
);

// `pg` gives these errors no code, only their words.
const brokenConnectionWords =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

function isBrokenConnection(error: Error): boolean {
  return networkCodes.has(errorCode(error)) || brokenConnectionWords.test(error.message);
}

function errorCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
