import { basename, dirname, relative } from "node:path";
import type { Finding } from "@archwright/model";
import type { Paint } from "./paint.ts";
import { wrap } from "./width.ts";

interface BriefOptions {
  readonly width: number;
  readonly paint: Paint;
  readonly folder: string;
  /** The model's file: notes are counted, and this says where to read them. */
  readonly file?: string;
}

const severities = ["error", "warning", "info"] as const;

/** What the architect says, without the frames: what, where, and what to do. `archwright check` shows it all. */
export function renderBrief(findings: readonly Finding[], { width, paint, folder, file }: BriefOptions): string {
  if (findings.length === 0) return `${paint.good("The architect has nothing to say.")}\n`;
  const shown = findings.filter(({ severity }) => severity !== "info");
  const sorted = shown.toSorted((left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity));
  const parts = sorted.map(({ severity, message, fix, at: [place] }) => {
    const [first = "", ...rest] = wrap(message, width - 10);
    return [
      `${paint[severity](severity.padEnd(8))} ${paint.strong(first)}`,
      ...rest.map((line) => `         ${paint.strong(line)}`),
      ...wrap(fix, width - 10).map((line) => `         ${line}`),
      ...(place ? [`         ${paint.faint(`${relative(folder, place.file)}:${place.line}`)}`] : []),
    ].join("\n");
  });
  const notes = findings.length - shown.length;
  const counted = `${notes} ${notes === 1 ? "note" : "notes"}${parts.length > 0 ? " more" : ""}: ${checkCall(folder, file)}`;
  return `${[...parts, ...(notes > 0 ? [paint.faint(counted)] : [])].join("\n\n")}\n`;
}

/** The call that shows all of it, as it is to be typed in this folder. */
function checkCall(folder: string, file: string | undefined): string {
  if (file === undefined) return "archwright check";
  const path = relative(folder, /^system\.m?[jt]s$/.test(basename(file)) ? dirname(file) : file);
  const word = /^[\w./@+-]*$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
  return `archwright check ${word}`.trimEnd();
}
