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
  throw new ProblemError("invalid-input", 400, {
    detail: "`after` is not the `next` of an earlier page.",
    fields: [{ path: "after", message: "Take it as it stood in `next` or in the Link header." }],
  });
}
