import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type { Origin } from "@archwright/model";

/** The files of a stack, innermost first, without Node's own. With source maps on, the lines are those that the author wrote. */
export function placesOf(stack: string): Origin[] {
  const lines = stack.split("\n");
  const frames = lines.map((line) => {
    const frame = framePattern.exec(line)?.groups ?? {};
    return placeOf(frame["evaluated"] ?? frame["called"] ?? frame["bare"] ?? "");
  });
  return [headingOf(lines), ...frames].filter((place) => place !== undefined);
}

/** Where files do not fit together, no frame is theirs: Node writes the place above the stack, with a caret below the line. */
function headingOf([first = "", , caret = ""]: readonly string[]): Origin | undefined {
  const line = /:(\d+)$/.exec(first);
  const file = line ? fileOf(first.slice(0, line.index)) : undefined;
  return file === undefined ? undefined : { file, line: Number(line?.[1]), column: Math.max(0, caret.indexOf("^")) + 1 };
}

// `at name (place)`, `at place`, and `at name (eval at name (place), …)` for code that was made from text.
const framePattern = /^\s+at (?:.*?\(eval at .*?\((?<evaluated>.+?:\d+:\d+)\).*|.*? \((?<called>.+)\)|(?:async )?(?<bare>.+))$/;

function placeOf(text: string): Origin | undefined {
  const parts = /^(.+):(\d+):(\d+)$/.exec(text);
  const file = fileOf(parts?.[1] ?? "");
  return file === undefined ? undefined : { file, line: Number(parts?.[2]), column: Number(parts?.[3]) };
}

/** A stack names a path or a URL with our query. */
function fileOf(location: string): string | undefined {
  const bare = location.replace(/\?.*$/, "");
  if (bare.startsWith("file:")) return fileURLToPath(bare);
  return isAbsolute(bare) ? bare : undefined;
}

/** Line and column of an offset, both counted from one. */
export function placeAt(file: string, text: string, offset: number): Origin {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { file, line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** Where a file names what it imports: the text between the quotes. */
export function importPlace(file: string, text: string, specifier: string): Origin {
  const quoted = new RegExp(`(?:from|import|import\\s*\\()\\s*(["'\`])${escaped(specifier)}\\1`).exec(text);
  if (!quoted) return { file, line: 1, column: 1 };
  return placeAt(file, text, quoted.index + quoted[0].length - specifier.length - 2);
}

/** Where a file imports a name from a module, or where it names the module if the name is not in sight. */
export function importedNamePlace(file: string, text: string, specifier: string, name: string): Origin {
  const statement = new RegExp(`(?:import|export)\\s+(?!type\\b)([^;"'\`]*?)\\sfrom\\s*(["'\`])${escaped(specifier)}\\2`, "g");
  for (const found of text.matchAll(statement)) {
    const word = new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).exec(found[0]);
    if (word) return placeAt(file, text, found.index + word.index);
  }
  return importPlace(file, text, specifier);
}

/** Where the file says what the system is: its default export, or its last line where there is none. */
export function defaultExportPlace(file: string, text: string): Origin {
  const found = /^[ \t]*export\s+default\b/m.exec(text) ?? /^[ \t]*export\s*\{[^}]*\bdefault\b/m.exec(text);
  if (found) return placeAt(file, text, found.index + found[0].search(/\S/));
  const written = text.trimEnd();
  return placeAt(file, written, written.lastIndexOf("\n") + 1);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
