import { Failure, type ExitStatus, type Words } from "./command.ts";
import type { Paint } from "./terminal/paint.ts";
import { wrap } from "./terminal/width.ts";

export interface Explanation extends Words {
  /** What the program ends with. */
  readonly status: ExitStatus;
}

/** Whatever was thrown, as what, why and fix. */
export function explanationOf(error: unknown): Explanation {
  if (error instanceof Failure) return error;
  return { status: 1, ...(ownWords(error) ?? systemWords(error) ?? crashWords(error)) };
}

/** `what` behind the word error, `why` and `fix` below it, none wider than the terminal. */
export function renderWords({ what, why, fix }: Words, { width, paint }: { readonly width: number; readonly paint: Paint }): string {
  const room = Math.max(30, Math.min(widthMax, width) - 7);
  const part = (label: string, lines: readonly string[], indent: number, color: (text: string) => string): string =>
    lines.map((line, index) => `${index === 0 ? label : " ".repeat(indent)}${color(line)}`).join("\n");
  return [
    part(`${paint.error("error")}  `, wrap(what, room), 7, paint.strong),
    part(`  ${paint.faint("why")} `, wrap(why, room), 6, String),
    part(`  ${paint.good("fix")} `, wrap(fix, room), 6, String),
    "",
  ].join("\n");
}

// A sentence on a longer line is hard to read.
const widthMax = 100;

/** The runtime's failures bring their words with them. */
function ownWords(error: unknown): Words | undefined {
  if (typeof error !== "object" || error === null || !("what" in error && "why" in error && "fix" in error)) return undefined;
  return { what: String(error.what), why: String(error.why), fix: String(error.fix) };
}

/** The operating system refused something that has a name. */
function systemWords(error: unknown): Words | undefined {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return undefined;
  const subject = "path" in error ? String(error.path) : "address" in error ? String(error.address) : undefined;
  const known = refusals[String(error.code)];
  if (subject === undefined && !known) return undefined;
  const [reason, fix] = known ?? [error.message, "Mend what the message names, and call again."];
  return {
    what: subject === undefined ? `${error.message}.` : `${subject}: ${reason}.`,
    why: `Without it the command cannot go on (${String(error.syscall)}).`,
    fix,
  };
}

const rights = "Give this user the right to it, or name another place.";
const refusals: { readonly [code: string]: readonly [reason: string, fix: string] } = {
  EACCES: ["permission denied", rights],
  EPERM: ["not permitted", rights],
  EROFS: ["the disk can only be read", "Name a place on another disk."],
  ENOSPC: ["the disk is full", "Free some space, and call again."],
  EDQUOT: ["the quota of this user is used up", "Free some space, and call again."],
  ENOTDIR: ["a part of the path is a file and no folder", "Name another place, or move that file."],
  EISDIR: ["it is a folder and no file", "Name a file."],
  EEXIST: ["a file stands where a folder has to be", "Name another place, or move that file."],
  ENOENT: ["there is no such file or folder", "Name one that exists."],
  ELOOP: ["its links lead in a circle", "Name the place itself."],
  ENAMETOOLONG: ["the name is too long for the disk", "Name a shorter one."],
  EMFILE: ["this process has too many files open", "Raise the limit (ulimit -n), and call again."],
  ENFILE: ["the machine has too many files open", "End other programs, and call again."],
};

function crashWords(error: unknown): Words {
  const [first = "nothing was said"] = (error instanceof Error ? error.message || error.name : String(error)).split("\n");
  return {
    what: `This should not have happened: ${first}`,
    why: "It is a mistake of Archwright, or of something below it, and not of the model.",
    fix: "Report it with the model that brings it about and what ARCHWRIGHT_STACK=1 shows.",
  };
}
