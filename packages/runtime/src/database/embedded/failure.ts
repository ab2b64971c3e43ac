/** The embedded PostgreSQL cannot be had here: what is so, what it costs, and what to do. */
export class EmbeddedPostgresFailure extends Error {
  override readonly name = "EmbeddedPostgresFailure";
  readonly what: string;
  readonly why: string;
  readonly fix: string;

  constructor(words: { readonly what: string; readonly why: string; readonly fix: string }, cause?: unknown) {
    super(`${words.what}\n  why: ${words.why}\n  fix: ${words.fix}`, { cause });
    this.what = words.what;
    this.why = words.why;
    this.fix = words.fix;
  }
}

export const orDatabaseUrl = "or set DATABASE_URL to a PostgreSQL of your own";
