import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { canonicalJson, freeze, type Model } from "@archwright/model";
import { renderFrame } from "../terminal/frame.ts";
import type { Answer } from "./answer.ts";
import { ownModule } from "./authored.ts";
import { findEntry } from "./entry.ts";
import type { Problem } from "./problem.ts";
import { nodeArguments } from "./source.ts";
import { beginningOf, outOfMemory, outOfTime } from "./stopped.ts";
import type { Limits } from "./watchdog.ts";

export type Loaded =
  | {
      readonly ok: true;
      readonly model: Model;
      /** SHA-256 of the canonical JSON without the origins: what the model says, wherever it was written. */
      readonly hash: string;
      /** The file that exports the system. */
      readonly file: string;
      /** Every file of the author that took part. */
      readonly files: readonly string[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** The files of the author that were reached before the load failed. */
      readonly files: readonly string[];
    };

export interface LoadOptions {
  readonly timeMs?: number;
  readonly memoryMb?: number;
  /** Takes what the model files print. */
  readonly log?: (text: string) => void;
}

/**
 * The model of a file, or of the folder that holds a system.ts. The files run in a child process that has no network,
 * clock or chance to give, twice, so that the same files always make the same model.
 */
export async function loadModel(path: string, options: LoadOptions = {}): Promise<Loaded> {
  const found = findEntry(path);
  if ("problem" in found) return { ok: false, problems: [found.problem], files: [] };
  const { timeMs = 10_000, memoryMb = 512, log = (text) => void process.stderr.write(text) } = options;
  const limits: Limits = { entry: found.file, timeMs, memoryMb, answer: answerDescriptor };
  const answer = await askChild(limits, log);
  if (!answer.ok)
    return { ok: false, problems: answer.problems.map(withFrame), files: answer.files.length > 0 ? answer.files : [found.file] };
  return { ok: true, model: freeze(answer.model), hash: hashOf(answer.model), file: found.file, files: answer.files };
}

/** Two models with the same hash say the same. */
export function hashOf(model: Model): string {
  const { origins: _, ...content } = model;
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

const answerDescriptor = 3;
// The child ends itself in time; this is for one that cannot.
const graceMs = 2000;

function askChild(limits: Limits, log: (text: string) => void): Promise<Answer> {
  // V8 ends the process at its own limit without a word on the line, so the watchdog of the child comes first.
  const nodeLimits = [`--max-old-space-size=${limits.memoryMb * 2}`, "--no-warnings"];
  const child = spawn(process.execPath, [...nodeLimits, ...nodeArguments(), fileURLToPath(ownModule("child")), JSON.stringify(limits)], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: childEnvironment(),
  });
  const said = { answer: "", error: "" };
  const pipe = child.stdio[answerDescriptor];
  if (pipe instanceof Readable) pipe.setEncoding("utf8").on("data", (text: string) => (said.answer += text));
  child.stdout?.setEncoding("utf8").on("data", log);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.error += text));
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, limits.timeMs + graceMs);
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(said.answer.includes("\n") ? parseAnswer(said.answer) : silentEnd(limits, late, said.error));
    });
  });
}

// Dates without a zone mean the same everywhere, and nothing else of the environment reaches the model.
function childEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { TZ: "UTC", ...(SystemRoot === undefined ? {} : { SystemRoot }) };
}

function parseAnswer(text: string): Answer {
  const answer: Answer = JSON.parse(text.slice(0, text.indexOf("\n"))); // Our own child wrote it.
  return answer;
}

function silentEnd(limits: Limits, late: boolean, said: string): Answer {
  const problem = late
    ? outOfTime(limits, undefined)
    : /heap out of memory/.test(said)
      ? outOfMemory(limits, undefined)
      : endedEarly(limits, said);
  return { ok: false, problems: [problem], files: [] };
}

function endedEarly({ entry }: Limits, said: string): Problem {
  const lastWords = said.trim().split("\n").at(-1) ?? "";
  return {
    code: "load/ended-early",
    message: `The process that loads the model ended without an answer${lastWords === "" ? "" : `: ${lastWords}`}`,
    why: "Without an answer there is no model.",
    fix: "Look for what ends the process: a native package, or the memory of the machine.",
    at: [beginningOf(entry)],
  };
}

function withFrame(problem: Problem): Problem {
  const [place] = problem.at;
  if (!place) return problem;
  return { ...problem, frame: renderFrame({ ...place, file: relative(process.cwd(), place.file) }, readFileSync(place.file, "utf8")) };
}
