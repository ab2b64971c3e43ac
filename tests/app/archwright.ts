import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { nodeArguments } from "../../packages/app/src/loader/source.ts";

/** A process of `archwright`, as a terminal would start one. */
export interface Process {
  readonly pid: number;
  /** What it has written so far, on both streams. */
  readonly text: () => string;
  /** Waits until it has written that, and answers with the match. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

const command = fileURLToPath(new URL("../../packages/app/src/cli.ts", import.meta.url));
const patienceMs = 60_000;

/** Starts the command from its source. Nothing of our own environment reaches it but what Node and a shell need. */
export function archwright(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Process {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [...nodeArguments(), command, ...words], {
    env: { PATH, HOME, NODE_NO_WARNINGS: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.on("close", (status, signal) => {
      started.delete(child);
      resolve(status ?? signal ?? 1);
    }),
  );
  return {
    pid: child.pid ?? 0,
    text: () => text,
    signal: (name) => void child.kill(name),
    ended,
    async said(pattern) {
      for (const limit = Date.now() + patienceMs; Date.now() < limit; await sleep(20)) {
        const found = pattern.exec(text);
        if (found) return found;
        if (!started.has(child)) break;
      }
      throw new Error(`It never said ${pattern}:\n${text}`);
    },
  };
}

/** Where a backend answers, once it does. */
export async function urlOf(running: Process): Promise<string> {
  const [, url = ""] = await running.said(/^ {2}api +(http:\S+)$/m);
  await running.said(/^Ctrl-C stops it\.$/m);
  return url;
}

/** A copy of an example, in a place of its own. */
export function copyOf(example: "shop" | "hello"): string {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "archwright-app-"))), example);
  const source = fileURLToPath(new URL(`../../examples/${example}`, import.meta.url));
  cpSync(source, folder, { recursive: true, filter: (path) => ![".archwright", "golden", "node_modules"].includes(basename(path)) });
  copies.add(folder);
  return folder;
}

/** Ends what a test has left running, and removes its folders. */
export async function cleanUp(): Promise<void> {
  const ends = [...started].map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of started) child.kill("SIGKILL");
  await Promise.all(ends);
  // The server of a killed process ends a moment later, and writes until then.
  for (const folder of copies) rmSync(join(folder, ".."), { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  copies.clear();
}

const started = new Set<ChildProcess>();
const copies = new Set<string>();
