import { dirname, relative, sep } from "node:path";
import type { IsAuthored } from "./authored.ts";
import type { ImportGraph } from "./import-graph.ts";

/** What is known of a load when it fails. */
export interface FailedLoad {
  readonly entry: string;
  readonly graph: ImportGraph;
  readonly isAuthored: IsAuthored;
  /** The names that the language exports. */
  readonly language: readonly string[];
}

/** The name of a file as the author would say it. */
export function shortName(file: string, { entry }: FailedLoad): string {
  return relative(dirname(entry), file).split(sep).join("/");
}
