import { paintFor, type Paint } from "./paint.ts";
import { clustersOf, widthOf } from "./width.ts";

export interface FramePlace {
  /** As it is to be shown: relative to the current folder. */
  readonly file: string;
  /** Both count from one; a column counts UTF-16 units, as stacks and editors do. */
  readonly line: number;
  readonly column: number;
}

export interface FrameOptions {
  readonly width?: number;
  readonly paint?: Paint;
  /** Paints the caret and the number of its line: error, warning, … */
  readonly mark?: (text: string) => string;
  /** How many lines to show before and after. */
  readonly around?: number;
}

/** The place, then the lines around it with a caret below the column. */
export function renderFrame(place: FramePlace, source: string, options: FrameOptions = {}): string {
  const { width = 80, paint = paintFor(false), around = 2 } = options;
  const mark = options.mark ?? paint.error;
  const lines = source.split(/\r\n|\n|\r/);
  // An editor shows no line after the last newline, so neither does the frame.
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  const line = clamp(place.line, 1, lines.length);
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const digits = String(last).length;
  const room = Math.max(20, width - digits - gutterWidth);

  const caret = caretOf(lines[line - 1] ?? "", place.column);
  const view = viewOf(caret, room);
  const rows: string[] = [paint.faint(`${place.file}:${place.line}:${place.column}`)];
  for (let number = first; number <= last; number += 1) {
    const text = cutToView(lines[number - 1] ?? "", view).trimEnd();
    const label = String(number).padStart(digits);
    const row = number === line ? `${mark(">")} ${mark(label)} ${paint.faint("│")} ${text}` : `  ${paint.faint(`${label} │`)} ${text}`;
    rows.push(row.trimEnd());
    if (number === line)
      rows.push(
        `  ${" ".repeat(digits)} ${paint.faint("│")} ${" ".repeat(caret.start - view.start)}${mark("^".repeat(caretLength(caret, view)))}`,
      );
  }
  return rows.join("\n");
}

// "> " before the number, " │ " after it.
const gutterWidth = 5;
const tabWidth = 2;
// Beyond this a line was made by a machine: only the part near the caret is measured.
const measuredMax = 2000;

interface Caret {
  /** In columns of the terminal. */
  readonly start: number;
  readonly length: number;
}

interface View {
  readonly start: number;
  readonly end: number;
}

function caretOf(text: string, column: number): Caret {
  const before = text.slice(0, clamp(column, 1, text.length + 1) - 1);
  const token = tokenAt.exec(text.slice(before.length, before.length + measuredMax))?.[0] ?? " ";
  return { start: displayWidth(before), length: Math.max(1, displayWidth(token)) };
}

// What the caret underlines: a word with its dots, or a text in quotes; else one character.
const tokenAt = /^(?:[\p{ID_Start}$_][\p{ID_Continue}$.]*|"[^"]*"|'[^']*')/u;

const caretLength = (caret: Caret, view: View): number => Math.max(1, Math.min(caret.length, view.end - caret.start - 1));

// The same part of every line, so that the caret stays below its column and the indentation below its neighbours'.
function viewOf(caret: Caret, room: number): View {
  const end = caret.start + Math.min(caret.length, room / 2);
  const start = end < room ? 0 : Math.ceil(end - room * (2 / 3));
  return { start, end: start + room };
}

function cutToView(text: string, view: View): string {
  let column = 0;
  let kept = "";
  let cutAtEnd = false;
  const offset = text.length > measuredMax && printable(text) ? Math.max(0, view.start - 1) : 0;
  column += offset;
  for (const cluster of clustersOf(text.slice(offset, offset + measuredMax))) {
    const shown = displayed(cluster, column);
    const next = column + widthOf(shown);
    if (next > view.end) {
      cutAtEnd = true;
      break;
    }
    // A wide character that the left edge cuts in two leaves a blank half.
    if (next > view.start) kept += column < view.start ? " ".repeat(next - view.start) : shown;
    column = next;
  }
  if (cutAtEnd) kept = `${clustersOf(kept).slice(0, -1).join("")}…`;
  return view.start > 0 && kept !== "" ? `…${clustersOf(kept).slice(1).join("")}` : kept;
}

function displayWidth(text: string): number {
  if (printable(text)) return text.length;
  let column = 0;
  for (const cluster of clustersOf(text)) column += widthOf(displayed(cluster, column));
  return column;
}

function displayed(cluster: string, column: number): string {
  if (cluster === "\t") return " ".repeat(tabWidth - (column % tabWidth));
  // A control character could move the cursor or recolour the terminal.
  return control.test(cluster) ? "�" : cluster;
}

const printable = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const control = /[\x00-\x1f\x7f-\x9f]/;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
