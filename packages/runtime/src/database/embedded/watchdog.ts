import { spawn } from "node:child_process";
import { identity } from "./command.ts";

// A killed process may stay as a zombie when its parent does not collect it, and `kill -0` calls that alive.
const script = `
owner=$1 server=$2 remove=$3
lives() { kill -0 "$1" 2>/dev/null && ! grep -qs '^State:.Z' "/proc/$1/status"; }
while lives "$owner" && lives "$server"; do sleep 1; done
lives "$owner" && exit
kill -INT "$server" 2>/dev/null
tries=0
while lives "$server" && [ "$tries" -lt 30 ]; do sleep 1; tries=$((tries + 1)); done
kill -QUIT "$server" 2>/dev/null
[ -z "$remove" ] || rm -rf -- "$remove"
`;

export interface Watch {
  /** The process without which the server has no reason to run. */
  readonly ownerPid: number;
  readonly serverPid: number | undefined;
  /** A folder to remove when the server is gone. */
  readonly remove: string | undefined;
}

/**
 * Stops the server when its owner is gone, be it by SIGKILL: a process of our own cannot do that for itself. A shell waits with
 * less than a megabyte. Returns how to call it off.
 */
export function watch({ ownerPid, serverPid, remove = "" }: Watch): () => void {
  if (serverPid === undefined) {
    return () => undefined;
  }
  const child = spawn("/bin/sh", ["-c", script, "archwright-watchdog", String(ownerPid), String(serverPid), remove], {
    ...identity(undefined),
    detached: true,
    stdio: "ignore",
  });
  child.unref();
  return () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    try {
      // The group, because the shell sleeps in a child.
      process.kill(-child.pid, "SIGTERM");
    } catch {
      // It has seen the server end and is gone already.
    }
  };
}
