import { readFileSync, writeSync } from "node:fs";
import { Console } from "node:console";
import { createRequire, register } from "node:module";
import process from "node:process";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { assemble, canonicalJson, type Model, type Origin } from "@archwright/model";
// The language is loaded here, before the hooks make every import dearer.
import * as language from "../index.ts";
import type { Answer } from "./answer.ts";
import { authoredFiles, ourFolders, ownModule } from "./authored.ts";
import { differenceProblem } from "./difference.ts";
import { explain } from "./explain.ts";
import type { FailedLoad } from "./failed-load.ts";
import type { HookSettings } from "./hooks.ts";
import { ImportGraph } from "./import-graph.ts";
import { withRun } from "./run.ts";
import { beginningOf, neverAnswered } from "./stopped.ts";
import type { Limits } from "./watchdog.ts";
import { withhold } from "./withhold.ts";

/** Loads the model that its first argument names, in a process that has nothing of the outside to give, and answers on a pipe. */
async function answerParent(limits: Limits): Promise<void> {
  const load = prepare(limits);
  let answered = false;
  const answer = (given: Answer): void => {
    if (answered) return;
    answered = true;
    writeSync(limits.answer, `${JSON.stringify(given)}\n`);
    process.exit(0);
  };
  const fail = async (error: unknown): Promise<void> =>
    answer({ ok: false, problems: await explain(error, load), files: load.graph.files() });
  process.on("uncaughtException", (error) => void fail(error));
  // Nothing is left to do and the files have not run to their end: one of them waits.
  process.on("exit", () => answer({ ok: false, problems: [neverAnswered(load.entry, waitingPlace(load))], files: load.graph.files() }));
  try {
    const first = await runFiles(load.entry, "1");
    forgetRequired();
    silenceConsole();
    // Where things were written is known from the first load, and costs as much as the load itself.
    Error.stackTraceLimit = 0;
    const second = await runFiles(load.entry, "2");
    if (sayTheSame(first, second)) answer({ ok: true, model: first, files: load.graph.files() });
    else answer({ ok: false, problems: [differenceProblem(first, second, beginningOf(load.entry))], files: load.graph.files() });
  } catch (error) {
    await fail(error);
  }
}

/** Equal text is equal models; only where it differs are the keys put in order. */
function sayTheSame(one: Model, other: Model): boolean {
  const [first, second] = [one, other].map((model) => ({ ...model, origins: {} }));
  return JSON.stringify(first) === JSON.stringify(second) || canonicalJson(first) === canonicalJson(second);
}

// Deep enough for a file of the author below the language, small because each item remembers its stack.
const stackDepth = 20;

function prepare(limits: Limits): FailedLoad {
  const { port1, port2 } = new MessageChannel();
  const ours = ourFolders(import.meta.resolve("@archwright/model"));
  const isAuthored = authoredFiles(ours);
  const data: HookSettings = { sealed: true, self: import.meta.url, ours, port: port2, limits };
  register(ownModule("hooks"), { data, transferList: [port2] });
  port1.unref();
  Error.stackTraceLimit = stackDepth;
  // From here on: our own files are loaded and need no maps.
  process.setSourceMapsEnabled(true);
  globalThis.console = consoleOn(1);
  withhold(isAuthored);
  return { entry: limits.entry, graph: new ImportGraph(port1, isAuthored), isAuthored, language: Object.keys(language) };
}

async function runFiles(entry: string, run: string): Promise<Model> {
  const module: unknown = await import(withRun(pathToFileURL(entry).href, run));
  return assemble(Object(module)["default"]).model;
}

/** Everything goes to the parent's standard error: the author wants to see it, and standard output belongs to the command. */
function consoleOn(descriptor: number): Console {
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      writeSync(descriptor, chunk);
      done();
    },
  });
  return new Console(stream, stream);
}

/** The second load says the same as the first. */
function silenceConsole(): void {
  const stream = new Writable({ write: (_, __, done) => done() });
  globalThis.console = new Console(stream, stream);
}

/** CommonJS packages are kept by file name, whatever the URL. */
function forgetRequired(): void {
  const { cache } = createRequire(import.meta.url);
  for (const file of Object.keys(cache)) delete cache[file];
}

function waitingPlace({ graph }: FailedLoad): Origin | undefined {
  for (const file of graph.files()) {
    const lines = readFileSync(file, "utf8").split("\n");
    // An `await` without indentation is at the top level.
    const line = lines.findIndex((text) => /^(?!\s|\/\/)(?!.*\basync\b).*\bawait\b/.test(text));
    if (line >= 0) return { file, line: line + 1, column: (lines[line] ?? "").search(/\bawait\b/) + 1 };
  }
  return undefined;
}

const limits: Limits = JSON.parse(process.argv[2] ?? "{}"); // Our own parent wrote them.
await answerParent(limits);
