import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, lstat, mkdir, realpath, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Account } from "./account.ts";
import { runAs } from "./command.ts";
import { EmbeddedPostgresFailure, orDatabaseUrl } from "./failure.ts";

/** Folders to try, in this order. */
export interface Places {
  /** For what can be made again: programs, a freshly made cluster to copy. */
  readonly caches: readonly string[];
  /** For databases whose own folder the server cannot use. */
  readonly states: readonly string[];
}

/** The folders that the operating system has for such things, before those that it may sweep. */
export function defaultPlaces(): Places {
  const uid = process.getuid?.() ?? 0;
  const swept = join("/var/tmp", `archwright-${uid}`);
  if (uid === 0) {
    return { caches: ["/var/cache/archwright", swept], states: ["/var/lib/archwright", swept] };
  }
  const home = homedir();
  const xdg = process.env["XDG_CACHE_HOME"];
  const cache = xdg !== undefined && xdg !== "" ? xdg : join(home, ...(process.platform === "darwin" ? ["Library", "Caches"] : [".cache"]));
  return { caches: [join(cache, "archwright"), swept, join(tmpdir(), `archwright-${uid}`)], states: [join(home, ".archwright"), swept] };
}

/** The first cache folder that can be had and that the server's account can work in. */
export async function cacheFolder(places: Places, account: Account | undefined): Promise<string> {
  return firstUsable(places.caches, account);
}

/**
 * The folder that holds a cluster: the one asked for, or, when the server's account cannot work there (a project under /root, a
 * mount without owners), one that is keyed by its path.
 */
export async function clusterFolder(
  directory: string,
  { account, places, log }: { readonly account: Account | undefined; readonly places: Places; readonly log: (message: string) => void },
): Promise<string> {
  const wanted = resolve(directory);
  const inState = join("postgres", createHash("sha256").update(wanted).digest("hex").slice(0, 16));
  const existing = [wanted, ...places.states.map((state) => join(state, inState))].find((folder) => existsSync(join(folder, "cluster")));
  if (existing !== undefined) {
    await refuseForeign(existing);
    return existing;
  }
  const usable = await firstUsable([wanted, ...places.states], account);
  if (usable === wanted) {
    return usable;
  }
  const elsewhere = await firstUsable([join(usable, inState)], account);
  log(`The server's account cannot work in ${wanted}, so the database lies in ${elsewhere}.`);
  return elsewhere;
}

async function refuseForeign(folder: string): Promise<void> {
  const { uid } = await lstat(join(folder, "cluster"));
  if (uid !== process.getuid?.()) {
    throw new EmbeddedPostgresFailure({
      what: `The embedded database in ${folder} belongs to user id ${uid}, and this process runs as ${process.getuid?.()}.`,
      why: "Its files and its password can be read by the user who made them only.",
      fix: `Run this as that user, delete ${folder} to begin with an empty database, ${orDatabaseUrl}.`,
    });
  }
}

async function firstUsable(folders: readonly string[], account: Account | undefined): Promise<string> {
  const refusals: string[] = [];
  for (const folder of folders) {
    const refusal = await refusalOf(folder, account);
    if (refusal === undefined) {
      return folder;
    }
    refusals.push(refusal);
  }
  throw new EmbeddedPostgresFailure({
    what: `There is no folder for the embedded PostgreSQL: ${refusals.join("; ")}.`,
    why: "A database needs a folder that belongs to this user alone and that the server can work in.",
    fix: `Give this user write access to one of these folders, ${orDatabaseUrl}.`,
  });
}

/** Why a folder cannot be used, found by doing there what will have to be done. */
async function refusalOf(folder: string, account: Account | undefined): Promise<string | undefined> {
  const probe = join(folder, `probe.${randomUUID()}`);
  try {
    await makePassable(folder, account);
    const { uid, mode } = await lstat(folder);
    if (uid !== process.getuid?.()) {
      return `${folder} belongs to another user`;
    }
    // The folder is ours alone, so its mode is ours to set: nobody else writes, and the account passes through.
    await chmod(folder, (mode & 0o755) | (account === undefined ? 0 : 0o011));
    await mkdir(probe, { mode: 0o700 });
    if (account !== undefined) {
      await chown(probe, account.uid, account.gid);
    }
    if (((await lstat(probe)).mode & 0o077) !== 0) {
      return `${folder} is on a disk without permissions`;
    }
    const worked = await runAs(account, "/bin/sh", ["-c", 'cd "$1" && : > file && rm file', "sh", probe]);
    return worked.ok ? undefined : `${account?.name ?? "this user"} cannot work in ${folder}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

// Folders that root makes under a strict umask would be closed to the server's account.
async function makePassable(folder: string, account: Account | undefined): Promise<void> {
  const parent = dirname(folder);
  const first = await mkdir(parent, { recursive: true });
  if (first !== undefined && account !== undefined) {
    const top = dirname(await realpath(first));
    for (let made = await realpath(parent); made !== top; made = dirname(made)) {
      await chmod(made, 0o711);
    }
  }
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") {
      throw error;
    }
  });
}
