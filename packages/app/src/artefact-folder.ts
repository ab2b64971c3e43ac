import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, normalize, sep } from "node:path";
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
  /** Overwrites what a person has changed, also in a folder that no build has written. */
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
export async function writeArtefacts(
  folder: string,
  artefacts: readonly Artefact[],
  { hash, check, force }: WriteOptions,
): Promise<Written> {
  const before = await readManifest(folder);
  const files = Object.fromEntries(artefacts.map(({ path, text }) => [path, digest(text)]));
  const present = await digestsIn(folder, [...new Set([...Object.keys(before?.files ?? {}), ...Object.keys(files)])]);
  if (!before && !check && !force) await refuseForeign(folder);
  const gone = Object.keys(before?.files ?? {}).filter((path) => !(path in files) && path in present);
  const changed = [...artefacts.map(({ path }) => path).filter((path) => present[path] !== files[path]), ...gone].sort();
  if (check) return { changed: before?.model === hash || changed.length > 0 ? changed : [manifestName] };
  const edited = changed.filter((path) => path in present && before?.files[path] !== present[path]);
  if (!force) refuseEdited(folder, edited);
  for (const { path, text } of artefacts) if (changed.includes(path)) await write(join(folder, path), text);
  for (const path of gone) await rm(join(folder, path));
  const manifest: Manifest = { model: hash, files };
  await write(join(folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return { changed };
}

/** Nothing where there is no manifest, or one that is not ours: other programs have files of that name too. */
async function readManifest(folder: string): Promise<Manifest | undefined> {
  const file = join(folder, manifestName);
  if (!existsSync(file)) return undefined;
  try {
    const found: unknown = JSON.parse(await readFile(file, "utf8"));
    return isManifest(found) ? found : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isManifest(found: unknown): found is Manifest {
  if (typeof found !== "object" || found === null || !("model" in found && "files" in found)) return false;
  const { model, files } = found;
  if (typeof model !== "string" || typeof files !== "object" || files === null || Array.isArray(files)) return false;
  return Object.entries(files).every(([path, stamp]) => typeof stamp === "string" && staysInside(path));
}

/** A manifest is followed when files are removed, and it may come from anywhere that the folder comes from. */
function staysInside(path: string): boolean {
  const parts = normalize(path).split(sep);
  return !path.startsWith("/") && !parts.includes("..") && !/^[A-Za-z]:/.test(path);
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
    what: `${folder} holds files that no build has written: ${listed(others)}.`,
    why: "A build owns its folder: it overwrites, and removes what no longer belongs there.",
    fix: "Name an empty folder, or a new one, with --output. With --force files of the same name are overwritten, and the others left alone.",
  });
}

function refuseEdited(folder: string, edited: readonly string[]): void {
  if (edited.length === 0) return;
  throw new UsageError({
    what: `${edited.length === 1 ? "A file" : `${edited.length} files`} of ${folder} changed since the last build: ${listed(edited)}.`,
    why: "What is built is overwritten by the next build, and these changes with it.",
    fix: "Move the changes into the model, or call with --force to drop them.",
  });
}

const shownMax = 5;

function listed(paths: readonly string[]): string {
  const more = paths.length - shownMax;
  return `${paths.slice(0, shownMax).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
