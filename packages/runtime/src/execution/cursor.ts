import { DatabaseFailure } from "../database/failure.ts";
import { ProblemError } from "../problem.ts";

/** Where a page ended: what the last row is sorted by, as text, and its id. */
export interface Cursor {
  readonly sorted: string | null;
  readonly id: string;
}

export function writeCursor({ sorted, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sorted, id])).toString("base64url");
}

/** @throws ProblemError when the text is no cursor of ours. */
export function readCursor(text: string): Cursor {
  try {
    const [sorted, id]: readonly unknown[] = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if ((sorted === null || typeof sorted === "string") && typeof id === "string" && !`${sorted ?? ""}${id}`.includes("\0"))
      return { sorted, id };
  } catch {
    // What cannot be read is refused below, in the same words as what has another shape.
  }
  throw notOurs();
}

/** What a page failed with. A cursor that somebody made up may have the right shape and hold what is no value of its column: then it is his mistake. */
export function pageFailure(error: unknown, after: string | undefined): unknown {
  return after !== undefined && error instanceof DatabaseFailure && noValue.has(error.sqlState) ? notOurs(error) : error;
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html: numbers out of range, times of another form or out of range, unknown zones, other texts.
const noValue: ReadonlySet<string> = new Set(["22003", "22007", "22008", "22009", "22023", "22P02"]);

function notOurs(cause?: unknown): ProblemError {
  return new ProblemError("invalid-input", 400, {
    detail: "`after` is not the `next` of an earlier page.",
    fields: [{ path: "after", message: "Take it as it stood in `next` or in the Link header." }],
    cause,
  });
}
