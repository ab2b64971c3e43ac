import { relative } from "node:path";

/** One document for a program. Origins are shown from the folder of the call, as everywhere: the same on every machine. */
export function jsonOf(content: object, folder: string): string {
  const shown = (key: string, value: unknown): unknown => (key === "file" && typeof value === "string" ? relative(folder, value) : value);
  return `${JSON.stringify(content, shown, 2)}\n`;
}
