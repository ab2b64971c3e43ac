import { readFileSync } from "node:fs";
import { sep } from "node:path";
import type { Origin } from "@archwright/model";
import { shortName, type FailedLoad } from "./failed-load.ts";
import type { ImportEdge } from "./import-graph.ts";
import { compileProblem } from "./compile-error.ts";
import { linkProblem } from "./link-error.ts";
import { importPlace, placesOf } from "./place.ts";
import { asProblem, carriedProblems, type Problem } from "./problem.ts";
import { beginningOf } from "./stopped.ts";

/** Turns whatever was thrown while the author's files ran into what he can read and correct. */
export async function explain(error: unknown, load: FailedLoad): Promise<readonly Problem[]> {
  const carried = carriedProblems(error);
  if (carried) return carried;
  const told = asProblem(error);
  if (told) return [toldProblem(told, error, load)];
  return [linkProblem(error, load) ?? (await compileProblem(error, load)) ?? circleProblem(error, load) ?? thrownProblem(error, load)];
}

function toldProblem(problem: Problem, error: unknown, load: FailedLoad): Problem {
  const authored = problem.at.filter(({ file }) => load.isAuthored(file));
  if (authored.length > 0) return { ...problem, at: authored };
  const packageImport = importOfPackage(placesOf(stackOf(error)), load);
  return packageImport
    ? { ...problem, ...packageWords(`cannot be loaded: ${problem.message}`, packageImport) }
    : { ...problem, at: [beginningOf(load.entry)] };
}

function circleProblem(error: unknown, load: FailedLoad): Problem | undefined {
  const name = error instanceof ReferenceError ? /^Cannot access '(.+)' before initialization$/.exec(error.message)?.[1] : undefined;
  const use = placesOf(stackOf(error)).find(({ file }) => load.isAuthored(file));
  const circle = use && name !== undefined ? load.graph.circleThrough(use.file) : undefined;
  if (!use || !circle) return undefined;
  const files = [use.file, ...circle.map(({ to }) => to)].map((file) => shortName(file, load));
  return {
    code: "load/import-circle",
    message: `"${name}" does not exist yet where ${files[0]} needs it, because the files import each other in a circle: ${files.join(" → ")}.`,
    why: "One file of a circle has to run before the others, and sees nothing of them.",
    fix: "Let imports point one way: move what both files need into a third one that imports neither.",
    at: [use, ...circle.map(edgePlace)],
  };
}

function thrownProblem(error: unknown, load: FailedLoad): Problem {
  const places = placesOf(stackOf(error));
  const authored = places.filter(({ file }) => load.isAuthored(file));
  const [innermost] = authored;
  const packageImport = innermost ? undefined : importOfPackage(places, load);
  if (packageImport) return { code: "load/package-throws", ...packageWords(thrown(error), packageImport) };
  const place = innermost ?? throwPlace(load) ?? beginningOf(load.entry);
  const outermost = authored.at(-1);
  const elsewhere = outermost && (outermost.file !== place.file || outermost.line !== place.line) ? [outermost] : [];
  return {
    code: "load/file-throws",
    message: `${shortName(place.file, load)} ${thrown(error)}`,
    why: "A model file is run to find out what the system is; what throws leaves nothing to read.",
    fix: "Correct this line, or what it calls.",
    at: [place, ...elsewhere],
  };
}

function packageWords(what: string, edge: ImportEdge): Omit<Problem, "code"> {
  return {
    message: `The package "${edge.specifier}" ${what}`,
    why: "What a model file imports is run along with it, before there is a model.",
    fix: `Import it in the handler that needs it: await import("${edge.specifier}").`,
    at: [edgePlace(edge)],
  };
}

function thrown(error: unknown): string {
  if (!(error instanceof Error)) return `throws ${typeof error === "string" ? JSON.stringify(error) : String(error)}, which is no Error.`;
  const message = error.message.split("\n")[0] ?? "";
  return message === "" ? `throws ${article(error.name)}.` : `throws ${article(error.name)}: ${message.replace(/[.]?$/, ".")}`;
}

const article = (name: string): string => `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? "") : "");

const edgePlace = ({ from, to, specifier }: ImportEdge): Origin => {
  const file = from ?? to;
  return importPlace(file, readFileSync(file, "utf8"), specifier);
};

/** The author's import of the package that the stack goes through. */
function importOfPackage(places: readonly Origin[], load: FailedLoad): ImportEdge | undefined {
  const folders = places.map(({ file }) => packageFolder(file)).filter((folder) => folder !== undefined);
  return load.graph.edges().find(({ from, to }) => from !== undefined && folders.some((folder) => to.startsWith(folder)));
}

function packageFolder(file: string): string | undefined {
  const parts = file.split(sep);
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return undefined;
  return parts.slice(0, at + (parts[at + 1]?.startsWith("@") ? 3 : 2)).join(sep) + sep;
}

/** What is no Error carries no stack: if the author throws at one place only, that is the place. */
function throwPlace(load: FailedLoad): Origin | undefined {
  const places = load.graph.files().flatMap((file) => {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.flatMap((line, index) => {
      const found = /(?<![\w$.])throw(?!\s+new\b)(?=\s)/.exec(line);
      return found ? [{ file, line: index + 1, column: found.index + 1 }] : [];
    });
  });
  return places.length === 1 ? places[0] : undefined;
}
