import { readFileSync } from "node:fs";

/** The version of the package, as its manifest says. */
export const version: string = String(Object(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")))["version"]);
