import { readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { nearest } from "@archwright/model";
import { modelExtensions } from "./model-file.ts";
import type { Problem } from "./problem.ts";

/** The file that a path means: itself, or the system file of a folder. */
export function findEntry(path: string): { readonly file: string } | { readonly problem: Problem } {
  const target = resolve(path);
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) return { problem: noSuchPath(path, target) };
  if (found.isDirectory()) {
    const file = systemFiles
      .map((name) => join(target, name))
      .find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
    return file === undefined ? { problem: noSystemFile(path) } : { file };
  }
  return modelExtensions.has(extname(target)) ? { file: target } : { problem: notTypeScript(path) };
}

const systemFiles = ["system.ts", "system.mts", "system.js", "system.mjs"];

function noSuchPath(path: string, target: string): Problem {
  const folder = dirname(target);
  const siblings = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  const meant = nearest(basename(target), siblings);
  return {
    code: "load/no-such-file",
    message: `There is no file or folder "${path}".`,
    why: "The model is read from there.",
    fix:
      meant === undefined
        ? "Name the file of the system, or the folder that holds its system.ts."
        : `Did you mean "${join(dirname(path), meant)}"?`,
    at: [],
  };
}

const noSystemFile = (path: string): Problem => ({
  code: "load/no-system-file",
  message: `The folder "${path}" holds no system.ts.`,
  why: "The model is read from the file that exports the system.",
  fix: "Write a system.ts there, or name the file itself.",
  at: [],
});

const notTypeScript = (path: string): Problem => ({
  code: "load/not-typescript",
  message: `"${path}" is no TypeScript.`,
  why: "A model is a TypeScript module that is run to find out what the system is.",
  fix: "Name a file that ends in .ts, .mts, .js or .mjs.",
  at: [],
});
