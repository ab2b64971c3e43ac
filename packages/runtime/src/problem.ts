export interface InvalidField {
  /** Where in the input: `items.0.quantity`. */
  readonly path: string;
  /** What was expected, in words. */
  readonly message: string;
}

export interface ProblemFacts {
  readonly detail?: string;
  readonly fields?: readonly InvalidField[];
  readonly retryAfterMs?: number;
  /** It is the kept answer to an earlier request with the same Idempotency-Key. */
  readonly replayed?: true;
  readonly cause?: unknown;
}

/** A request that ends in a problem document (RFC 9457). `code` is one of the built-in problems of the model's table, or an error that the operation declares. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail?: string;
  readonly fields?: readonly InvalidField[];
  readonly retryAfterMs?: number;
  readonly replayed?: true;

  constructor(code: string, status: number, { detail, fields, retryAfterMs, replayed, cause }: ProblemFacts = {}) {
    super(detail ?? code, cause === undefined ? undefined : { cause });
    this.name = "ProblemError";
    this.code = code;
    this.status = status;
    if (detail !== undefined) this.detail = detail;
    if (fields) this.fields = fields;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
    if (replayed) this.replayed = replayed;
  }
}
