import type { Finding, Model } from "@archwright/model";
import type { Surroundings } from "./command.ts";
import { loadModel } from "./loader/load.ts";
import { LoadError, type Problem } from "./loader/problem.ts";

/** A model that was read and judged. */
export interface Compiled {
  readonly ok: true;
  readonly model: Model;
  readonly hash: string;
  /** The file that exports the system. */
  readonly file: string;
  /** Every file of the author that took part. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/** Why there is no model, and the files that were reached. */
export interface NotCompiled {
  readonly ok: false;
  readonly problems: readonly Problem[];
  readonly files: readonly string[];
}

/** @param stderr takes what the model files print */
export async function compileModel(path: string, { stderr }: Pick<Surroundings, "stderr">): Promise<Compiled | NotCompiled> {
  // The files run in a process of their own, and meanwhile this one reads the rules.
  const [loaded, { lint }] = await Promise.all([
    loadModel(path, { log: (text) => void stderr.write(text) }),
    import("@archwright/compiler"),
  ]);
  return loaded.ok ? { ...loaded, findings: lint(loaded.model) } : loaded;
}

/** The same for commands that can do nothing without a model. @throws LoadError */
export async function compileOrThrow(path: string, surroundings: Pick<Surroundings, "stderr">): Promise<Compiled> {
  const compiled = await compileModel(path, surroundings);
  if (!compiled.ok) throw new LoadError(compiled.problems);
  return compiled;
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === "error");
