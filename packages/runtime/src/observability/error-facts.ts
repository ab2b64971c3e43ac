export interface ErrorFacts {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly statement?: string;
  readonly cause?: ErrorFacts;
}

/**
 * What the log says of an error: a list of what may be said, because errors of the database also carry the values of rows,
 * and the values of rows are somebody's.
 */
export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const code = textOf(error, "sqlState") ?? textOf(error, "code");
  const statement = textOf(error, "statement");
  return {
    type: error.name,
    message: error.message,
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(code !== undefined && { code }),
    ...(statement !== undefined && { statement }),
    ...(error.cause !== undefined && depth < depthMax && { cause: errorFacts(error.cause, depth + 1) }),
  };
}

const depthMax = 4;

function textOf(error: Error, property: string): string | undefined {
  const value: unknown = Reflect.get(error, property);
  return typeof value === "string" ? value : undefined;
}
