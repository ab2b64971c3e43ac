import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { generateModel } from "./model/generate.ts";

// Inside the repository, so that a model finds `archwright` as a user's does; ignored by git; and not in node_modules, whose files the
// loader takes for installed packages.
const home = resolve(".archwright", "bench");

export const archwright = resolve("packages", "app", "bin", "archwright.js");
export const tsc = resolve("node_modules", "typescript", "bin", "tsc");

/** Writes the generated model of a size and answers with its folder. */
export function modelFolder(size: number, folder = join(home, `model-${size}`)): string {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of [...generateModel(size), ["tsconfig.json", `${JSON.stringify(userConfig, undefined, 2)}\n`] as const]) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/** A copy of the shop, without the database and the goldens of the original. */
export function shopFolder(): string {
  const folder = join(home, "shop");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ["system.ts", "seed.json", "package.json"]) cpSync(join("examples", "shop", file), join(folder, file));
  return folder;
}

/** What `dev` keeps beside the model: its database and its key. */
export const stateFolder = (folder: string): string => join(folder, ".archwright");

/** The strictness that a careful author asks for. */
const userConfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["."],
};
