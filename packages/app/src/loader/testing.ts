import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Loaded } from "./load.ts";

export interface Files {
  readonly [path: string]: string;
}

/** A folder with these files. */
export function project(files: Files): string {
  root ??= realpathSync(mkdtempSync(join(tmpdir(), "archwright-loader-")));
  count += 1;
  const folder = join(root, String(count));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Removes every folder that `project` has made. */
export function removeProjects(): void {
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
  root = undefined;
}

/** An installed package of one file. */
export function installed(name: string, code: string, type: "module" | "commonjs" = "module"): Files {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", type, main: "index.js" }),
    [`node_modules/${name}/index.js`]: code,
  };
}

/** A whole model file: these lines between the import of the language, which is line 1, and a system without contexts. */
export function model(...lines: readonly string[]): string {
  return ['import { context, system, t } from "archwright";', ...lines, 'export default system("sample", { contexts: [] });', ""].join(
    "\n",
  );
}

/** What the author reads when a load fails, without the frames. */
export function said(loaded: Loaded, folder: string): string {
  if (loaded.ok) return "It loads.";
  return loaded.problems
    .map(({ code, message, fix, at }) => {
      const places = at.map(({ file, line, column }) => `${relative(folder, file)}:${line}:${column}`);
      return `${code} at ${places.join(", ") || "no place"}\n${message}\nfix: ${fix}`;
    })
    .join("\n");
}

let root: string | undefined;
let count = 0;
