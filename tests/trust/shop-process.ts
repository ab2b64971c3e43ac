import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The shop served by a process of its own, from its compiled files, as `archwright start` does. */
export interface ShopProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it wrote so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  memoryMb(): number;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export interface ShopPlace {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** 0 takes any port. */
  readonly port?: number;
}

/** A copy of the shop: the command finds the language for it wherever it lies, but takes no file below node_modules for an author's. */
export function copyShop(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "archwright-trust-"));
  for (const file of ["system.ts", "package.json", "tsconfig.json", "seed.json"])
    cpSync(`${root}/examples/shop/${file}`, `${folder}/${file}`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const startMs = 20_000;

/** Starts the shop and answers when it serves. @throws Error with what it wrote, when it does not. */
export async function startShop({ folder, environment, port = 0 }: ShopPlace): Promise<ShopProcess> {
  const child = spawn(process.execPath, [`${root}/packages/app/bin/archwright.js`, "start", folder, "--port", String(port)], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output = keptOf(output + text)));
  const ended = once(child, "exit").then(([code, signal]): number | NodeJS.Signals => signal ?? code);
  void ended.then(() => running.delete(child));
  const url = await Promise.race([servingUrl(child, () => output), ended.then(() => undefined), later(startMs)]);
  if (url === undefined) {
    child.kill("SIGKILL");
    throw new Error(`The shop did not start:\n${output}`);
  }
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    memoryMb: () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) / 1_024,
    ended,
  };
}

/** Ends every shop that is still there, for the end of a suite. */
export async function killShops(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }),
  );
}

const running = new Set<ChildProcess>();
// Should the suite itself be ended, nothing stays behind.
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

const outputMax = 4_000_000;
const keptOf = (text: string): string => (text.length > outputMax ? text.slice(-outputMax / 2) : text);

function servingUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve) => {
    const look = (): void => {
      const url = /"message":"listening at ([^"]+)"/.exec(output())?.[1];
      if (url === undefined) return;
      child.stdout?.off("data", look);
      resolve(url);
    };
    child.stdout?.on("data", look);
  });
}

const later = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
