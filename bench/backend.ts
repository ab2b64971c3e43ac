import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { watchTree, type TreeUsage } from "./process-tree.ts";

/** A backend that has just answered its first request. */
export interface StartedBackend {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to the last byte of the first 200. */
  readonly wallMs: number;
  /** What was used until then. */
  readonly used: TreeUsage;
  stop(): Promise<void>;
}

export interface BackendCommand {
  readonly words: readonly string[];
  readonly environment?: { readonly [variable: string]: string };
}

const lookEveryMs = 6;
const askEveryMs = 5;
const patienceMs = 60_000;

/** Starts a Node program that says at which URL it listens, and asks it for a path until it answers with 200. */
export async function startBackend({ words, environment = {} }: BackendCommand, path: string): Promise<StartedBackend> {
  const begun = performance.now();
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } });
  const pid = child.pid ?? 0;
  const tree = watchTree(pid, lookEveryMs);
  const ended = once(child, "close");
  let said = "";
  let closed = false;
  void ended.then(() => (closed = true));
  const urlSaid = new Promise<string>((resolve, reject) => {
    const hear = (text: string): void => {
      // What is said after the URL is the log, and nobody's business.
      said = `${said}${text}`.slice(-20_000);
      const url = urlPattern.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear);
    child.once("close", () =>
      reject(new Error(`node ${words.join(" ")} ended before it listened: ${said.trim().split("\n").slice(-5).join("\n  ")}`)),
    );
  });
  const stop = async (): Promise<void> => {
    tree.stop();
    if (!closed) child.kill("SIGINT");
    await ended;
  };
  try {
    const url = await urlSaid;
    await firstOk(`${url}${path}`, begun + patienceMs);
    const wallMs = performance.now() - begun;
    const used = tree.stop();
    return { url, pid, wallMs, used, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// `dev` says it in its greeting, a server in its log.
const urlPattern = /(?:^\s*api\s+|listening at )(http:\/\/127\.0\.0\.1:\d+)/m;

async function firstOk(url: string, deadline: number): Promise<void> {
  for (;;) {
    const status = await statusOf(url);
    if (status === 200) return;
    if (performance.now() > deadline)
      throw new Error(`${url} did not answer with 200 within ${patienceMs / 1000} s; the last answer was ${status ?? "none"}.`);
    await sleep(askEveryMs);
  }
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    // Nobody listens yet.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
