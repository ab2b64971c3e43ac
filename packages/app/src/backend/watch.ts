import { watch, type FSWatcher } from "node:fs";
import { dirname } from "node:path";

export interface Watching {
  /** From now on, these files. */
  follow(files: readonly string[]): void;
  close(): void;
}

/** Editors write a file in several steps; a change is told when it has been quiet for this long. */
const quietMs = 80;

/** Tells of changes to the author's files. Folders are watched rather than files, since editors replace files. */
export function watchFiles(onChange: () => void): Watching {
  let watchers: readonly FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  };
  const stop = (): void => watchers.forEach((watcher) => watcher.close());
  return {
    follow(files) {
      stop();
      const folders = [...new Set(files.map((file) => dirname(file)))];
      watchers = folders.map((folder) => watch(folder, (_, name) => void (name !== null && /\.(ts|mts|js|mjs|json)$/.test(name) && changed())));
    },
    close() {
      clearTimeout(timer);
      stop();
    },
  };
}
