import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Origin } from "@archwright/model";
import type { ExitStatus, Surroundings } from "./command.ts";
import type { Problem } from "./loader/problem.ts";
import { colorOf, widthOf } from "./terminal/output.ts";
import { renderFindings, type Reported } from "./terminal/report.ts";

/** What was found, for a person: with the lines, the reasons and the way out. */
export function reportOf(found: readonly Reported[], { stdout, environment, folder }: Surroundings, to = stdout): string {
  const readSource = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, "utf8") : undefined);
  return renderFindings(found, { width: reportWidth(to), color: colorOf(to, environment), readSource, folder });
}

/** Longer lines than this are hard to read, however wide the terminal is. */
export const reportWidth = (to: Surroundings["stdout"]): number => Math.min(120, widthOf(to));

/** The same for a program, where there is no model. */
export function problemDocument(problems: readonly Problem[], folder: string): object {
  return {
    model: null,
    findings: problems.map(({ frame: _frame, ...problem }) => ({ severity: "error", ...withPathsFrom(folder, problem) })),
  };
}

/** Files are named from the folder that the command was called in: the same on every machine. */
export function withPathsFrom<T extends { readonly at: readonly Origin[] }>(folder: string, found: T): T {
  return { ...found, at: found.at.map((origin) => ({ ...origin, file: relative(folder, origin.file) })) };
}

/** A problem without a place is not in the model: the path that was called with is wrong. */
export const statusOf = (problems: readonly Problem[]): ExitStatus => (problems.every(({ at }) => at.length === 0) ? 2 : 1);
