import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { assemble, type Assembled } from "@archwright/model";
import * as language from "../index.ts";
import { authoredFiles, ourFolders, ownModule } from "./authored.ts";
import { explain } from "./explain.ts";
import type { HookSettings } from "./hooks.ts";
import { ImportGraph } from "./import-graph.ts";
import { LoadError } from "./problem.ts";
import { withRun } from "./run.ts";
import { readOwnFiles } from "./source.ts";

/**
 * The model with the functions of its handlers, in this process and with all that Node has: handlers are real code.
 * Each call runs the author's files anew; the packages that they import stay the same.
 *
 * @param file the `file` of a loaded model
 * @throws LoadError with the problems that `loadModel` would report
 */
export async function loadHandlers(file: string): Promise<Assembled> {
  const { graph, isAuthored } = (hooked ??= registerHooks());
  generation += 1;
  try {
    const module: unknown = await import(withRun(pathToFileURL(file).href, String(generation)));
    return assemble(Object(module)["default"]);
  } catch (error) {
    throw new LoadError(await explain(error, { entry: file, graph, isAuthored, language: Object.keys(language) }));
  }
}

interface Hooked {
  readonly graph: ImportGraph;
  readonly isAuthored: (file: string) => boolean;
}

// Node keeps hooks for the life of the process.
let hooked: Hooked | undefined;
let generation = 0;

function registerHooks(): Hooked {
  const { port1, port2 } = new MessageChannel();
  const ours = ourFolders(import.meta.resolve("@archwright/model"));
  const data: HookSettings = { sealed: false, self: import.meta.url, ours, port: port2 };
  readOwnFiles();
  register(ownModule("hooks"), { data, transferList: [port2] });
  port1.unref();
  process.setSourceMapsEnabled(true);
  const isAuthored = authoredFiles(ours);
  return { graph: new ImportGraph(port1, isAuthored), isAuthored };
}
