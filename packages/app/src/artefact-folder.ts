import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UsageError } from "./command.ts";

interface Artefact {
  readonly path: string;
  readonly text: string;
}

export interface WriteOptions {
  /** The hash of the model that the artefacts come from. */
  readonly hash: string;
  /** Only says what would change. */
  readonly check: boolean;
  /** Overwrites what a person has changed. */
  readonly force: boolean;
}

export interface Written {
  /** Paths that are new, other than before, or gone. */
  readonly changed: readonly string[];
}

/** What lies beside the artefacts: which model they come from, and what each was when it was written. */
interface Manifest {
  readonly model: string;
  readonly files: { readonly [path: string]: string };
}

const manifestName = "manifest.json";

/** Makes a folder hold exactly these artefacts. It touches no file that it did not write, and none that was changed since. */
export async function writeArtefacts(folder: string, artefacts: readonly Artefact[], { hash, check, force }: WriteOptions): Promise<Written> {
  const before = await readManifest(folder);
  const files = Object.fromEntries(artefacts.map(({ path, text }) => [path, digest(text)]));
  const present = await digestsIn(folder, [...new Set([...Object.keys(before?.files ?? {}), ...Object.keys(files)])]);
  if (!before && !check) await refuseForeign(folder);
  const gone = Object.keys(before?.files ?? {}).filter((path) => !(path in files));
  const changed = [...artefacts.map(({ path }) => path).filter((path) => present[path] !== files[path]), ...gone.filter((path) => path in present)].sort();
  if (check) return { changed: before?.model === hash || changed.length > 0 ? changed : [manifestName] };
  if (!force) refuseEdited(folder, changed.filter((path) => path in present && before?.files[path] !== present[path]));
  for (const { path, text } of artefacts) if (changed.includes(path)) await write(join(folder, path), text);
  for (const path of gone) await rm(join(folder, path), { force: true });
  const manifest: Manifest = { model: hash, files };
  await write(join(folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return { changed };
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, manifestName), "utf8")) as Manifest; // Written below, by us.
  } catch {
    // No manifest, or none that can be read: the folder is not ours yet.
    return undefined;
  }
}

async function digestsIn(folder: string, paths: readonly string[]): Promise<{ readonly [path: string]: string }> {
  const found: Record<string, string> = {};
  for (const path of paths) if (existsSync(join(folder, path))) found[path] = digest(await readFile(join(folder, path), "utf8"));
  return found;
}

async function refuseForeign(folder: string): Promise<void> {
  const others = existsSync(folder) ? await readdir(folder) : [];
  if (others.length === 0) return;
  throw new UsageError({
    what: `${folder} holds files that no build has written: ${others.slice(0, 3).join(", ")}${others.length > 3 ? ", …" : ""}.`,
    why: "A build owns its folder and removes what no longer belongs there.",
    fix: "Name an empty folder, or a new one, with --output.",
  });
}

function refuseEdited(folder: string, edited: readonly string[]): void {
  if (edited.length === 0) return;
  throw new UsageError({
    what: `${edited.length === 1 ? "A file" : `${edited.length} files`} of ${folder} changed since the last build: ${edited.join(", ")}.`,
    why: "What is built is overwritten by the next build, and these changes with it.",
    fix: "Move the changes into the model, or call with --force to drop them.",
  });
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
