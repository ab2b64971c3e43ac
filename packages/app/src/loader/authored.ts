import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceExtension } from "./source.ts";

/** Tells the author's files from installed packages and from our own. */
export type IsAuthored = (file: string) => boolean;

/** @param ours the folders of our own packages, which lie beside the author's files while Archwright itself is worked on */
export function authoredFiles(ours: readonly string[]): IsAuthored {
  const installed = `${sep}node_modules${sep}`;
  return (file) => !file.includes(installed) && !ours.some((folder) => file.startsWith(folder));
}

/** The folders of our own packages that take part in a load. */
export function ourFolders(modelEntry: string): readonly string[] {
  return [fileURLToPath(new URL("../../", import.meta.url)), fileURLToPath(new URL("../", modelEntry))];
}

/** The file of this folder with that name, compiled or not. */
export function ownModule(name: string): URL {
  return new URL(`./${name}${sourceExtension}`, import.meta.url);
}
