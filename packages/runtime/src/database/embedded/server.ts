import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedPostgresFailure, orDatabaseUrl } from "./failure.ts";
import { launch, runningPostmaster, type LaunchOptions, type Postmaster } from "./postmaster.ts";

export interface Server {
  readonly postmaster: Postmaster;
  /** Only of a server that this call started. */
  readonly stop?: () => Promise<void>;
}

const attemptsMax = 50;
const betweenAttemptsMs = 200;

/** The server of a data folder: the one that runs, whoever started it, or else a new one. */
export async function startOrShare(options: LaunchOptions): Promise<Server> {
  let said = "";
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const running = await runningPostmaster(options.data);
    if (running !== undefined) {
      return { postmaster: running };
    }
    const launched = await launch(options);
    if (launched.kind === "running") {
      return { postmaster: launched.postmaster, stop: launched.stop };
    }
    said = launched.log;
    if (!passes.test(said)) {
      break;
    }
    await sleep(betweenAttemptsMs);
  }
  throw new EmbeddedPostgresFailure({
    what: `The embedded PostgreSQL did not start: ${said.split("\n").slice(-5).join("\n  ")}`,
    why: `Without it there is no database. The whole log is ${options.logFile}.`,
    fix: `Mend what the log names, ${orDatabaseUrl}.`,
  });
}

// Another program took the port; another process of ours was first; the sessions of a killed server are still ending.
const passes = /Address already in use|lock file "postmaster.pid" already exists|pre-existing shared memory block/;
