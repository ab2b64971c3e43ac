import { readFileSync } from "node:fs";
import { nearest } from "@archwright/model";
import type { FailedLoad } from "./failed-load.ts";
import { importedNamePlace, placesOf } from "./place.ts";
import type { Problem } from "./problem.ts";

/** What Node refuses when it ties the files together, before any of them runs. */
export function linkProblem(error: unknown, load: FailedLoad): Problem | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const missing =
    /The requested module '(?<specifier>.+?)' does not provide an export named '(?<name>.+?)'/.exec(error.message) ??
    ofCommonJs.exec(error.message);
  const [importer] = placesOf(error.stack ?? "");
  if (!missing || !importer || !load.isAuthored(importer.file)) return undefined;
  return missingExport(importer.file, missing.groups?.["specifier"] ?? "", missing.groups?.["name"] ?? "", load);
}

// Node says the same of a CommonJS package in other words.
const ofCommonJs = /Named export '(?<name>.+?)' not found\. The requested module '(?<specifier>.+?)'/;

function missingExport(importer: string, specifier: string, name: string, load: FailedLoad): Problem {
  const target = load.graph.edges().find((edge) => edge.from === importer && edge.specifier === specifier)?.to;
  const text = target !== undefined && load.isAuthored(target) ? readFileSync(target, "utf8") : undefined;
  const names = text === undefined ? (specifier === "archwright" ? load.language : []) : exportedNames(text);
  return {
    code: "load/export-not-found",
    message: name === "default" ? `"${specifier}" has no default export.` : `"${specifier}" exports no "${name}".`,
    why: "Before a model can be run, every name that its files import must be there.",
    fix: text === undefined && specifier !== "archwright" ? fixForPackage(specifier, name) : fixFor(name, names, text),
    at: [importedNamePlace(importer, readFileSync(importer, "utf8"), specifier, name)],
  };
}

function fixFor(name: string, names: readonly string[], text: string | undefined): string {
  if (text !== undefined && new RegExp(`^\\s*(?:export\\s+)?(?:declare\\s+)?(?:type|interface)\\s+${name}\\b`, "m").test(text))
    return `"${name}" is a type there. Write: import type { ${name} }, or export type { ${name} }.`;
  if (name === "default") return names.length > 0 ? `Import by name: import { ${names[0]} }.` : "Import by name.";
  const meant = nearest(name, names);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  return names.length > 0
    ? `Import one of: ${names.slice(0, 12).join(", ")}.`
    : `Export "${name}" there, or import a name that it exports.`;
}

function fixForPackage(specifier: string, name: string): string {
  if (name === "default") return `Import by name, or the whole: import * as whole from "${specifier}";`;
  return `Import a name that it exports. If it is a CommonJS package, take the name off the whole: import whole from "${specifier}"; const { ${name} } = whole;`;
}

/** Read off the text, since a file that nothing can link is never run. */
function exportedNames(text: string): readonly string[] {
  const declared = [
    ...text.matchAll(
      /^\s*export\s+(?:async\s+)?(?:const|let|var|function\*?|class|enum)\s+([\w$]+)((?:\s*=[^,;\n]*)?(?:,\s*[\w$]+\s*=[^,;\n]*)*)/gm,
    ),
  ].map(([, name = ""]) => name);
  const listed = [...text.matchAll(/^\s*export\s*\{([^}]*)\}/gm)].flatMap(([, list = ""]) =>
    list.split(",").map((one) => one.trim().replace(/^.*\sas\s+/, "")),
  );
  return [...new Set([...declared, ...listed])].filter((name) => name !== "" && !name.startsWith("type "));
}
