import { spawn } from "node:child_process";
import { once } from "node:events";
import { watchTree } from "./process-tree.ts";

export interface Cost {
  readonly wallMs: number;
  /** User and system time of the command and of every process that it waited for. */
  readonly cpuMs: number;
}

// The shell knows what its children used, and theirs, to the last moment; /proc forgets a process when it ends.
const script = '"$@" >/dev/null; status=$?; times >&3; exit $status';

/**
 * What a Node program costs from its start to its end.
 *
 * @param statuses The exit statuses that mean that it did its work.
 * @throws Error if it ends otherwise, with what it said.
 */
export async function timeCommand(words: readonly string[], statuses: readonly number[] = [0]): Promise<Cost> {
  const begun = performance.now();
  const child = spawn("/bin/sh", ["-c", script, "sh", process.execPath, ...words], { stdio: ["ignore", "ignore", "pipe", "pipe"] });
  const [said, times, [status]] = await Promise.all([textOf(child.stdio[2]), textOf(child.stdio[3]), once(child, "close")]);
  const wallMs = performance.now() - begun;
  if (!statuses.includes(Number(status))) throw failed(words, status, said);
  const [, ofChildren = ""] = times.trim().split("\n");
  return {
    wallMs,
    cpuMs: [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
      0,
    ),
  };
}

/** The most memory that the program and its children hold at once. Looking costs time, so this is a run of its own. */
export async function peakBytesOf(words: readonly string[], statuses: readonly number[] = [0]): Promise<number> {
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  const tree = watchTree(child.pid ?? 0, lookEveryMs);
  const [said, [status]] = await Promise.all([textOf(child.stderr), once(child, "close")]);
  const { peakBytes } = tree.stop();
  if (!statuses.includes(Number(status))) throw failed(words, status, said);
  return peakBytes;
}

const lookEveryMs = 6;

async function textOf(stream: unknown): Promise<string> {
  let text = "";
  for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString(); // Each of these descriptors is a pipe.
  return text;
}

function failed(words: readonly string[], status: unknown, said: string): Error {
  return new Error(`node ${words.join(" ")} ended with status ${String(status)}: ${said.trim().split("\n").slice(-5).join("\n  ")}`);
}
