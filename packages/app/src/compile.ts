import { existsSync, readFileSync } from "node:fs";
import { lint } from "@archwright/compiler";
import type { Finding, Model } from "@archwright/model";
import type { Surroundings } from "./command.ts";
import { loadModel } from "./loader/load.ts";
import type { Problem } from "./loader/problem.ts";
import { colorOf, widthOf } from "./terminal/output.ts";
import { renderFindings, type Reported } from "./terminal/report.ts";

/** A model that was read and judged, or why there is none. */
export type Compiled =
  | { readonly ok: true; readonly model: Model; readonly hash: string; readonly file: string; readonly files: readonly string[]; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly files: readonly string[] };

export async function compileModel(path: string, { stderr }: Pick<Surroundings, "stderr">): Promise<Compiled> {
  const loaded = await loadModel(path, { log: (text) => void stderr.write(text) });
  return loaded.ok ? { ...loaded, findings: lint(loaded.model) } : loaded;
}

/** What was found, for a person: with the lines, the reasons and the way out. */
export function reportOf(found: readonly Reported[], { stdout, environment, folder }: Surroundings, to = stdout): string {
  const readSource = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, "utf8") : undefined);
  return renderFindings(found, { width: Math.min(120, widthOf(to)), color: colorOf(to, environment), readSource, folder });
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === "error");
