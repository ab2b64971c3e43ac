import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Makes a folder under a passing name and renames it when it is whole. A process that is killed on the way, or two that begin at
 * once, leave either nothing under the name or a folder that works.
 */
export async function makeWhole(folder: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${folder}.${randomUUID()}`;
  try {
    await make(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was first: its folder is as good as ours.
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

const leftoverAgeMs = 60_000;

/** Removes what killed processes left beside a folder, once it is too old to be still in the making. */
export async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  const names = await readdir(parent);
  const unfinished = names.filter((name) => name.startsWith(`${basename(folder)}.`) && /\.[0-9a-f-]{36}$/.test(name));
  for (const path of unfinished.map((name) => join(parent, name))) {
    const changedAt = (await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity;
    if (Date.now() - changedAt > leftoverAgeMs) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
