/** Markdown that is safe to stand in a line or a cell: what an author wrote is in it as text, never as markup. */
export interface Markdown {
  readonly markdown: string;
}

/**
 * Markdown with holes. A text in a hole is shown as it is, whatever is in it; only Markdown keeps its meaning.
 * It is not called `md`, which formatters take for a document of its own and lay out anew.
 */
export function prose(parts: TemplateStringsArray, ...holes: readonly (string | number | Markdown)[]): Markdown {
  const filled = parts.map((part, index) => part + (index < holes.length ? written(holes[index] ?? "") : ""));
  return { markdown: filled.join("") };
}

/** A name as code, however many backticks are in it. */
export function code(text: string): Markdown {
  // Within code, a table cannot tell a backslash before a bar from the escape of the bar.
  if (text.includes("\\|")) return { markdown: escaped(text) };
  const line = oneLine(text).trim().replaceAll("|", "\\|");
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$/.test(line) ? " " : "";
  return { markdown: line === "" ? "" : `${fence}${pad}${line}${pad}${fence}` };
}

/** The parts that are there, with something between them. */
export function join(parts: readonly (Markdown | string | false | undefined)[], between = ", "): Markdown {
  const texts = parts.flatMap((part) => (part === false || part === undefined ? [] : [written(part)])).filter((text) => text !== "");
  return { markdown: texts.join(between) };
}

export const codes = (names: readonly string[]): Markdown => join(names.map(code));

/** Lines of a table: nothing where it has no rows. A column that is empty in every row is left out. */
export function table(header: readonly string[], rows: readonly (readonly (Markdown | string)[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.map(written));
  const used = header.map((_, column) => cells.some((row) => row[column] !== ""));
  const line = (row: readonly string[]): string => `| ${row.filter((_, column) => used[column]).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...cells.map(line), ""];
}

export function heading(level: number, text: Markdown | string): readonly string[] {
  return [`${"#".repeat(level)} ${written(text)}`, ""];
}

export function written(text: Markdown | string | number): string {
  return typeof text === "object" ? text.markdown : escaped(String(text));
}

function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>#|~&$]/g, "\\$&")
    .replace(/^(\d+)([.)])(?= |$)/, "$1\\$2")
    .replace(/^([-+=])/, "\\$1");
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ");
