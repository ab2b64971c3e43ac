import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/** A process and what it has used so far, as Linux tells it. */
interface Usage {
  readonly pid: number;
  /** The name of the program file: `node`, `postgres`. */
  readonly program: string;
  readonly cpuMs: number;
  readonly residentBytes: number;
}

export interface WatchedTree {
  /** What the processes have used until now, those that have ended included: the last that was seen of them. */
  readonly now: () => TreeUsage;
  readonly stop: () => TreeUsage;
}

export interface TreeUsage {
  /** Of the Node processes. */
  readonly nodeCpuMs: number;
  /** Of all others: PostgreSQL, and what starts it. */
  readonly otherCpuMs: number;
  /** The most that all of them held in memory at once. Pages that processes share count for each. */
  readonly peakBytes: number;
}

// Linux tells processor time in ticks of 10 ms, and where it keeps such statistics, in nanoseconds for each living thread.
const tickMs = 10;
const pageBytes = 4096;

/** Looks at a process and its descendants every few milliseconds. What a process does between the last look and its end is missed. */
export function watchTree(root: number, everyMs: number): WatchedTree {
  const seen = new Map<number, Usage>();
  let peakBytes = 0;
  const look = (): void => {
    const tree = readTree(root);
    for (const usage of tree) seen.set(usage.pid, usage);
    peakBytes = Math.max(peakBytes, sumOf(tree.map(({ residentBytes }) => residentBytes)));
  };
  const usage = (): TreeUsage => {
    look();
    const cpuOf = (isNode: boolean): number =>
      sumOf([...seen.values()].filter(({ program }) => (program === "node") === isNode).map(({ cpuMs }) => cpuMs));
    return { nodeCpuMs: cpuOf(true), otherCpuMs: cpuOf(false), peakBytes };
  };
  const timer = setInterval(look, everyMs);
  return {
    now: usage,
    stop() {
      clearInterval(timer);
      return usage();
    },
  };
}

/** The processes that descend from this one, itself first. */
function readTree(root: number): readonly Usage[] {
  const usage = usageOf(root);
  return usage === undefined ? [] : [usage, ...childrenOf(root).flatMap(readTree)];
}

// Node starts processes on its main thread, which has the number of the process.
function childrenOf(pid: number): readonly number[] {
  const text = orNothing(() => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")) ?? "";
  return text.split(" ").filter(Boolean).map(Number);
}

// See proc(5): the name in parentheses may hold anything, and the numbers follow the last of them.
function usageOf(pid: number): Usage | undefined {
  return orNothing(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [userTicks, systemTicks, residentPages] = [fields[11], fields[12], fields[21]].map(Number);
    return {
      pid,
      program: orNothing(() => basename(readlinkSync(`/proc/${pid}/exe`))) ?? stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")),
      cpuMs: Math.max(((userTicks ?? 0) + (systemTicks ?? 0)) * tickMs, livingThreadsMs(pid)),
      residentBytes: (residentPages ?? 0) * pageBytes,
    };
  });
}

function livingThreadsMs(pid: number): number {
  const threads = orNothing(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const texts = threads.map((thread) => orNothing(() => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8")) ?? "0");
  return sumOf(texts.map((text) => Number(text.split(" ")[0]))) / 1e6;
}

/** A process may end while it is looked at, and another user's may not be looked at closely. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ESRCH", "EACCES"].includes(String(error.code))) return undefined;
    throw error;
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
