import { spawn } from "node:child_process";
import type { Account } from "./account.ts";

export interface Outcome {
  readonly ok: boolean;
  /** What the command printed, on both streams. */
  readonly output: string;
}

/** Runs a short command to its end, under the server's account. It never throws: a command that cannot start says so in its output. */
export async function runAs(account: Account | undefined, command: string, args: readonly string[], input = ""): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...identity(account), stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.stdin.on("error", () => undefined); // A command that ends early leaves its input unread; its status tells more.
    child.on("error", (error) => resolve({ ok: false, output: `${output}${error.message}` }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
    child.stdin.end(input);
  });
}

/**
 * How a child of ours starts: as its account, in a folder that every account can enter, and without our environment, which may
 * hold secrets and PostgreSQL's own variables. The locale is fixed because some of its messages are read by this program.
 */
export function identity(account: Account | undefined): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } {
  return {
    ...(account !== undefined && { uid: account.uid, gid: account.gid }),
    cwd: "/",
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
  };
}
