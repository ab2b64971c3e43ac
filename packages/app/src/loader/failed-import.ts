import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { nearest } from "@archwright/model";
import { importPlace } from "./place.ts";
import type { Problem } from "./problem.ts";

/** An import of the author that leads nowhere. */
export function failedImport(file: string, specifier: string, error: unknown): Problem {
  const text = readFileSync(file, "utf8");
  const words = specifier.startsWith(".") || specifier.startsWith("/") ? missingFile(file, specifier) : missingPackage(specifier, error);
  return { code: "load/import-not-found", ...words, at: [importPlace(file, text, specifier)] };
}

/** An import of a file that is neither TypeScript nor JavaScript. */
export function wrongKindOfFile(file: string, specifier: string): Problem {
  const ending = extname(specifier) || "no ending";
  const isJson = ending === ".json";
  return {
    code: "load/not-typescript",
    message: isJson ? `"${specifier}" is imported as if it were code.` : `"${specifier}" is no TypeScript: its ending is ${ending}.`,
    why: "A model is made of TypeScript modules; nothing else can be run to find out what the system is.",
    fix: isJson
      ? `Write: import name from "${specifier}" with { type: "json" };`
      : "Move what the model needs into a .ts file and import that.",
    at: [importPlace(file, readFileSync(file, "utf8"), specifier)],
  };
}

type Words = Pick<Problem, "message" | "why" | "fix">;

function missingFile(file: string, specifier: string): Words {
  const target = resolve(dirname(file), specifier);
  const suggestion = existingFile(target);
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return {
    message: isFolder ? `"${specifier}" is a folder.` : `There is no file "${specifier}".`,
    why: "A model file that imports from nowhere cannot be run.",
    fix: suggestion === undefined ? "Write the name of a file that exists, with its ending." : `Write "${specifierOf(file, suggestion)}".`,
  };
}

/** The file that was probably meant: the same name with its ending, a folder's index, or a name like it beside. */
function existingFile(target: string): string | undefined {
  const stem = target.replace(/\.[cm]?[jt]sx?$/, "");
  const likely = [`${target}.ts`, `${stem}.ts`, `${stem}.mts`, join(target, "index.ts"), join(target, "system.ts")].find(isFile);
  if (likely !== undefined) return likely;
  const folder = dirname(target);
  const names = namesIn(folder).filter((name) => /\.m?[jt]s$/.test(name));
  const name =
    nearest(basename(target), names) ??
    names.find((candidate) => nearest(basename(stem), [candidate.replace(/\.m?[jt]s$/, "")]) !== undefined);
  return name === undefined ? undefined : join(folder, name);
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const namesIn = (folder: string): string[] => (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []);

function specifierOf(from: string, to: string): string {
  const path = relative(dirname(from), to).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

function missingPackage(specifier: string, error: unknown): Words {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  if (specifier.startsWith("node:")) {
    return {
      message: `Node has no module "${specifier}".`,
      why: "A model file that imports from nowhere cannot be run.",
      fix: "Write the name of a module that this version of Node has.",
    };
  }
  if (specifier.startsWith("#")) {
    return {
      message: `package.json names no import "${specifier}".`,
      why: "A name that begins with # is looked up in the imports of package.json.",
      fix: `Add "${specifier}" to "imports" in package.json, or write the path of the file.`,
    };
  }
  if (codeOf(error) === "ERR_PACKAGE_PATH_NOT_EXPORTED") {
    return {
      message: `The package "${name}" does not export "${specifier}".`,
      why: "A package can be imported only by the paths that it offers.",
      fix: `Import a path that "exports" in the package.json of ${name} names.`,
    };
  }
  return {
    message: `The package "${name}" is not installed.`,
    why: "A model file is run, so everything that it imports must be there.",
    fix: `Run: npm install ${name}`,
  };
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
