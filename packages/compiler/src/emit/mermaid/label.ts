import { safeName } from "../safe-name.ts";

/** Any text as Mermaid shows it: one line, and every character that the grammar or its Markdown may take for its own written as its number. */
export function label(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, " ").trim();
  return line
    .replace(/[^\p{L}\p{N} .,'()/+=?!×…_-]/gu, numbered)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, numbered)
    .replace(/^([-+]|\d+[.)])(?= |$)/, (marker) => marker.slice(0, -1) + numbered(marker.slice(-1)))
    .replace(/--+/g, (dashes) => dashes.replaceAll("-", numbered("-")));
}

/** The same where a colon is no more than a colon: in messages, in notes and in quotes. */
export function sentence(text: string): string {
  const line = label(text);
  return /^(no)?wrap#58;/.test(line) ? line : line.replaceAll("#58;", ":");
}

/** A sentence in quotes, for nodes and edges. Several lines stand below each other. */
export function quoted(...lines: readonly string[]): string {
  return `"${lines.map(sentence).join("<br/>") || " "}"`;
}

/** A name for the grammar alone. Its prefix keeps it from being one of the grammar's own words. */
export function nodeId(kind: string, name: string): string {
  return `${kind}_${safeName(name, ".")}`;
}

/** What stands before every diagram: its title, and that it is made. */
export function heading(title: string, hash: string): readonly string[] {
  return [
    "---",
    `title: ${JSON.stringify(title)}`,
    "---",
    `%% Made from the model ${safeName(hash, ":.-")}. Change the model, not this file.`,
  ];
}

const numbered = (character: string): string => `#${character.codePointAt(0) ?? 0};`;
