import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { identity, runAs } from "./command.ts";
import { watch } from "./watchdog.ts";

/** A server that answers on a port of this machine. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** What a start came to: a server, or what it said as it ended. */
export type Launch =
  | { readonly kind: "running"; readonly postmaster: Postmaster; readonly stop: () => Promise<void> }
  | { readonly kind: "ended"; readonly log: string };

export interface LaunchOptions {
  readonly data: string;
  readonly logFile: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  /** False gives up what only a power failure would take. */
  readonly durable: boolean;
  /** The server stops when this process is gone. */
  readonly ownerPid: number;
  /** A folder to remove after that. */
  readonly remove?: string | undefined;
  readonly log: (message: string) => void;
  /** Default: any port that is free. */
  readonly pickPort?: () => Promise<number>;
}

const pollMs = 5;
const slowStartMs = 2000;

/** Starts a server in a session of its own, so that Ctrl-C reaches this program alone and the server is stopped in order. */
export async function launch(options: LaunchOptions): Promise<Launch> {
  const port = await (options.pickPort ?? freePort)();
  const logStart = sizeOfLog(options.logFile);
  const logDescriptor = openSync(options.logFile, "a", 0o600);
  const child = spawn(options.binaries.postgres, ["-D", options.data, ...settings(port, options.durable)], {
    ...identity(options.account),
    detached: true,
    stdio: ["ignore", logDescriptor, logDescriptor],
  });
  closeSync(logDescriptor);
  child.unref();
  // At once, because this process may be killed while the server still starts.
  const callOff = watch({ ownerPid: options.ownerPid, serverPid: child.pid, remove: options.remove });
  if (await isReady(child, options)) {
    return { kind: "running", postmaster: { pid: child.pid ?? 0, port }, stop: () => stop(child).finally(callOff) };
  }
  return { kind: "ended", log: readFileSync(options.logFile).subarray(logStart).toString("utf8").trim() };
}

const logBytesMax = 4_000_000;

// The log is appended to, because two servers may try to start at once; only the one that wins goes on writing.
function sizeOfLog(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logBytesMax) {
    truncateSync(logFile);
    return 0;
  }
  return size;
}

async function isReady(child: ChildProcess, options: LaunchOptions): Promise<boolean> {
  let ended = false;
  child.on("error", () => {
    ended = true;
  });
  child.on("exit", () => {
    ended = true;
  });
  const slowTimer = setTimeout(
    () => options.log(`PostgreSQL is still starting (it may be recovering from a crash); it writes to ${options.logFile}.`),
    slowStartMs,
  );
  try {
    while (!ended) {
      const found = await readPidFile(options.data);
      if (found !== undefined && found.pid === child.pid && found.status === "ready") {
        return true;
      }
      await sleep(pollMs);
    }
    return false;
  } finally {
    clearTimeout(slowTimer);
  }
}

function settings(port: number, durable: boolean): readonly string[] {
  const values = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    timezone: "UTC",
    log_timezone: "UTC",
    ...(!durable && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

// Another program may take the port before the server does: then the server says so and the caller starts again.
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

// Its lines: pid, folder, start time, port, socket folder, address, shared memory, status.
async function readPidFile(data: string): Promise<PidFile | undefined> {
  try {
    const lines = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n").map((line) => line.trim());
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] ?? "" };
  } catch {
    return undefined;
  }
}

/** The live server of a data folder, started by whatever process. It waits for one that starts or stops. */
export async function runningPostmaster(data: string): Promise<Postmaster | undefined> {
  for (;;) {
    const found = await readPidFile(data);
    if (found === undefined || !isAlive(found.pid)) {
      return undefined;
    }
    if (!(await isPostmasterOf(found.pid, data))) {
      // The server was killed and its pid belongs to another program by now, at which PostgreSQL would refuse to start.
      await rm(join(data, "postmaster.pid"), { force: true });
      return undefined;
    }
    if (found.status === "ready") {
      return { pid: found.pid, port: found.port };
    }
    await sleep(pollMs);
  }
}

async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  const commandLine = existsSync(`/proc/${pid}/cmdline`)
    ? readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ")
    : (await runAs(undefined, "ps", ["-o", "command=", "-p", String(pid)])).output;
  return commandLine.includes(` -D ${data} `);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

const fastStopMs = 10_000;

/** A fast stop: sessions are cut, what was committed is written. Past its time an immediate one, which only costs a recovery at the next start. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  child.ref();
  child.kill("SIGINT");
  const impatience = setTimeout(() => child.kill("SIGQUIT"), fastStopMs);
  await ended;
  clearTimeout(impatience);
}
