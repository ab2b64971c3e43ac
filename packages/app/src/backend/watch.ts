import { readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname, join } from "node:path";

export interface Watching {
  /** From now on these files, and whatever TypeScript or JSON appears in the folders of theirs. */
  follow(files: readonly string[]): void;
  close(): void;
}

export interface WatchOptions {
  /** The folder of the model. Its own folders are watched too, since a file that an import misses may appear there. */
  readonly root: string;
  /** Files that changed, were made or are gone since it was last called. */
  readonly onChange: (files: readonly string[]) => void;
  /** A folder cannot be watched; told once. */
  readonly onFailure: (error: Error) => void;
  /** Node's own, unless a test has another. */
  readonly watchFolder?: (folder: string, onEvent: (event: string, name: string | null) => void) => FSWatcher;
}

/** Editors write a file in several steps; a change is told when it has been quiet for this long. */
const quietMs = 80;

/** Tells of changes to the author's files. Folders are watched rather than files, since editors replace files. */
export function watchFiles({ root, onChange, onFailure, watchFolder = watch }: WatchOptions): Watching {
  const watchers = new Map<string, FSWatcher>();
  let wanted: ReadonlySet<string> = new Set();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let failed = false;

  const tell = (file: string): void => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...changed];
      changed = new Set();
      onChange(files);
    }, quietMs);
  };
  const seen = (folder: string, name: string | null): void => {
    if (name === null || isIgnored(name)) return;
    const path = join(folder, name);
    if (/\.(m?[jt]s|json)$/.test(name)) return tell(path);
    if (!isFolder(path)) return;
    // What was written into it before it was watched tells nobody any more.
    renew();
    for (const file of filesIn(path)) tell(file);
  };
  const fail = (error: unknown): void => {
    if (!failed) onFailure(error instanceof Error ? error : new Error(String(error)));
    failed = true;
  };
  const open = (folder: string): void => {
    try {
      const watcher = watchFolder(folder, (_, name) => seen(folder, name));
      watcher.on("error", fail);
      watchers.set(folder, watcher);
    } catch (error) {
      fail(error);
    }
  };
  const renew = (): void => {
    const folders = new Set([...wanted, ...foldersWithin(root)]);
    for (const [folder, watcher] of watchers) {
      // A folder that was removed and made again is another one to the operating system.
      if (folders.has(folder) && isFolder(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) if (!watchers.has(folder) && isFolder(folder)) open(folder);
  };
  return {
    follow(files) {
      wanted = new Set(files.map((file) => dirname(file)));
      renew();
    },
    close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

// More folders than this are no model, and each costs the operating system a watch.
const foldersMax = 100;

function foldersWithin(root: string): readonly string[] {
  const found = [root];
  for (const folder of found) {
    if (found.length >= foldersMax) break;
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      if (!isIgnored(name) && isFolder(path)) found.push(path);
    }
  }
  return found.slice(0, foldersMax);
}

const filesIn = (folder: string): readonly string[] =>
  foldersWithin(folder).flatMap((within) => namesIn(within).map((name) => join(within, name)));

/** What programs write: packages, databases, editors' own files, and what `build` makes. */
const isIgnored = (name: string): boolean =>
  name.startsWith(".") || name.endsWith("~") || ["node_modules", "build", "dist", "golden"].includes(name);
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It was removed in this moment, or is closed to us: then nothing of the model is in it.
    return [];
  }
}
