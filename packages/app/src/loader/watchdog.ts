import { writeSync } from "node:fs";
import type { Debugger, Session } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { Origin } from "@archwright/model";
import type { IsAuthored } from "./authored.ts";
import type { Answer } from "./answer.ts";
import type { Problem } from "./problem.ts";
import { outOfMemory, outOfTime } from "./stopped.ts";
import { authoredPlace } from "./transform.ts";

export interface Limits {
  readonly entry: string;
  readonly timeMs: number;
  readonly memoryMb: number;
  /** The file descriptor that the answer is written to. */
  readonly answer: number;
}

/**
 * Stops a load that goes beyond its limits and says at which line it was. It lives in the thread of the hooks,
 * because a loop that never ends leaves its own thread no turn.
 */
export function watch(limits: Limits, isAuthored: IsAuthored): void {
  // Nearly every load is over by then, and has paid for no debugger.
  setTimeout(() => void watchClosely(limits, isAuthored), Math.min(firstLookMs, limits.timeMs / 2));
}

const firstLookMs = 250;
const lookEveryMs = 50;

async function watchClosely(limits: Limits, isAuthored: IsAuthored): Promise<void> {
  const { Session } = await import("node:inspector");
  const session = new Session();
  session.connectToMainThread();
  const stop = (problem: (place: Origin | undefined) => Problem): void => {
    clearInterval(looks);
    findPlace(session, isAuthored, (place) => answer(limits, problem(place)));
  };
  setTimeout(() => stop((place) => outOfTime(limits, place)), limits.timeMs - performance.now());
  const looks = setInterval(() => {
    // The types of Node lack this call of V8.
    session.post("Runtime.getHeapUsage", (error: Error | null, usage?: { readonly usedSize?: number }) => {
      if (error === null && (usage?.usedSize ?? 0) > limits.memoryMb * 2 ** 20) stop((place) => outOfMemory(limits, place));
    });
  }, lookEveryMs);
}

function findPlace(session: Session, isAuthored: IsAuthored, found: (place: Origin | undefined) => void): void {
  const urls = new Map<string, string>();
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
  session.on("Debugger.paused", ({ params }) => found(innermost(params.callFrames, urls, isAuthored)));
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}

function innermost(frames: readonly Debugger.CallFrame[], urls: ReadonlyMap<string, string>, isAuthored: IsAuthored): Origin | undefined {
  for (const { location } of frames) {
    const url = urls.get(location.scriptId) ?? "";
    if (!url.startsWith("file:")) continue;
    const file = fileURLToPath(url);
    if (isAuthored(file)) return authoredPlace(file, url, location.lineNumber, location.columnNumber ?? 0);
  }
  return undefined;
}

function answer(limits: Limits, problem: Problem): void {
  writeSync(limits.answer, `${JSON.stringify({ ok: false, problems: [problem], files: [] } satisfies Answer)}\n`);
  process.kill(process.pid, "SIGKILL");
}
