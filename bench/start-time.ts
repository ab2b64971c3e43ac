import { rmSync } from "node:fs";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@archwright/runtime";
import { startBackend, type BackendCommand } from "./backend.ts";
import { preparePeer } from "./peer.ts";
import type { Progress } from "./progress.ts";
import { spreadsOf, type Spread } from "./spread.ts";
import { archwright, shopFolder, stateFolder } from "./workspace.ts";

/** How long it takes from the start of a process to its first 200. */
export interface StartTimes {
  /** `archwright dev` where there is no database yet: it is made, with its schema and its seeds. */
  readonly first: StartTime;
  /** The same once more. */
  readonly next: StartTime;
  /** The same while the PostgreSQL of the project runs already. */
  readonly besidePostgres: StartTime;
  /** A server written by hand, on that same PostgreSQL. */
  readonly peer: StartTime;
}

export interface StartTime {
  readonly wallMs: Spread;
  readonly nodeCpuMs: Spread;
  /** Of PostgreSQL and the programs that prepare it, where it is started too. */
  readonly otherCpuMs: Spread;
}

const path = "/products?words=";

export async function measureStart(runs: number, progress: Progress): Promise<StartTimes> {
  const folder = shopFolder();
  const shop: BackendCommand = { words: [archwright, "dev", folder, "--port", "0", "--no-reload"] };
  const empty = (): void => rmSync(stateFolder(folder), { recursive: true, force: true });
  progress.subject("start of the shop without a database");
  const first = await starts(shop, runs, progress, empty);
  progress.subject("start of the shop with its database");
  const next = await starts(shop, runs, progress);
  // Whoever comes first starts the PostgreSQL of a project, and the others share it.
  const postgres = await startEmbeddedPostgres({ directory: join(stateFolder(folder), "postgres") });
  try {
    progress.subject("start of the shop beside a running PostgreSQL");
    const besidePostgres = await starts(shop, runs, progress);
    progress.subject("start of a hand-written Fastify and pg beside the same PostgreSQL");
    const peer = await starts(await preparePeer(postgres), runs, progress);
    return { first, next, besidePostgres, peer };
  } finally {
    await postgres.stop();
  }
}

const warmUps = 1;

async function starts(command: BackendCommand, runs: number, progress: Progress, before: () => void = () => undefined): Promise<StartTime> {
  const measured: { wallMs: number; nodeCpuMs: number; otherCpuMs: number }[] = [];
  for (let done = -warmUps; done < runs; done += 1) {
    progress.run(Math.max(0, done), runs);
    before();
    const { wallMs, used, stop } = await startBackend(command, path);
    await stop();
    if (done >= 0) measured.push({ wallMs, nodeCpuMs: used.nodeCpuMs, otherCpuMs: used.otherCpuMs });
  }
  return spreadsOf(measured);
}
