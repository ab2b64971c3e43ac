import { readFileSync } from "node:fs";
import { isBuiltin, type LoadHook, type ResolveFnOutput, type ResolveHook } from "node:module";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { authoredFiles, type IsAuthored } from "./authored.ts";
import { facadeFor, facadeSource } from "./builtin-facade.ts";
import { failedImport, wrongKindOfFile } from "./failed-import.ts";
import type { ImportEdge } from "./import-graph.ts";
import { modelExtensions } from "./model-file.ts";
import { LoadError } from "./problem.ts";
import { runOf, withRun } from "./run.ts";
import { transform } from "./transform.ts";
import { watch, type Limits } from "./watchdog.ts";

/** What the thread of the hooks is told. */
export interface HookSettings {
  /** Whether the files get nothing of the outside: true for the model, false for handlers that serve. */
  readonly sealed: boolean;
  /** A file of ours: our own packages are found from here, so that the language exists once. */
  readonly self: string;
  readonly ours: readonly string[];
  /** Takes each import by a file of the author. */
  readonly port: MessagePort;
  readonly limits?: Limits;
}

let settings: HookSettings;
let isAuthored: IsAuthored;

export function initialize(given: HookSettings): void {
  settings = given;
  isAuthored = authoredFiles(given.ours);
  if (given.limits) watch(given.limits, isAuthored);
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const run = runOf(specifier) ?? runOf(context.parentURL);
  // What belongs to no run is imported by Node or by us.
  if (run === undefined || context.parentURL === undefined) return nextResolve(specifier, context);
  if (ourPackage.test(specifier)) return nextResolve(specifier, { ...context, parentURL: settings.self });
  const parent = authoredParent(context.parentURL);
  if (isBuiltin(specifier)) {
    const facade = settings.sealed ? facadeFor(specifier, parent !== undefined) : undefined;
    return facade === undefined ? nextResolve(specifier, context) : { url: facade, format: "module", shortCircuit: true };
  }

  const found = await resolveFile(specifier, context, nextResolve, parent);
  if (!found.url.startsWith("file:")) return found;
  const file = fileURLToPath(found.url);
  const authored = isAuthored(file);
  if (authored && parent !== undefined) refuseOtherKinds(parent, specifier, extname(file), context.importAttributes["type"]);
  if (parent !== undefined || authored) settings.port.postMessage({ from: parent, to: file, specifier } satisfies ImportEdge);
  // Handlers share each package with the rest of the process; a model is loaded from nothing.
  return authored || settings.sealed ? { ...found, url: withRun(found.url, run) } : found;
};

export const load: LoadHook = async (url, context, nextLoad) => {
  const facade = await facadeSource(url);
  if (facade !== undefined) return { format: "module", shortCircuit: true, source: facade };
  if (runOf(url) === undefined || !url.startsWith("file:")) return nextLoad(url, context);
  const file = fileURLToPath(url);
  if (!isAuthored(file) || !modelExtensions.has(extname(file))) return nextLoad(url, context);
  return { format: "module", shortCircuit: true, source: transform(file, url, readFileSync(file, "utf8")) };
};

const otherCode: ReadonlySet<string> = new Set([".cjs", ".node", ".wasm"]);
const ourPackage = /^(?:archwright|@archwright\/model)(?:\/|$)/;

type NextResolve = Parameters<ResolveHook>[2];

function authoredParent(parentUrl: string): string | undefined {
  if (!parentUrl.startsWith("file:")) return undefined;
  const file = fileURLToPath(parentUrl);
  return isAuthored(file) ? file : undefined;
}

async function resolveFile(
  specifier: string,
  context: Parameters<ResolveHook>[1],
  nextResolve: NextResolve,
  parent: string | undefined,
): Promise<ResolveFnOutput> {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    if (parent === undefined) throw error;
    // TypeScript lets authors write the name that the file will have once it is compiled.
    const compiled = /^(\.{1,2}\/.*)\.(m?)js$/.exec(specifier);
    if (!compiled) throw new LoadError([failedImport(parent, specifier, error)]);
    try {
      return await nextResolve(`${compiled[1]}.${compiled[2]}ts`, context);
    } catch {
      // The name that the author wrote is the one to report.
      throw new LoadError([failedImport(parent, specifier, error)]);
    }
  }
}

function refuseOtherKinds(parent: string, specifier: string, extension: string, type: string | undefined): void {
  const allowed = extension === ".json" ? type === "json" : modelExtensions.has(extension) || otherCode.has(extension);
  if (!allowed) throw new LoadError([wrongKindOfFile(parent, specifier)]);
}
