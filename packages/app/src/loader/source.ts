import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";

/** `.js` in the published package; `.ts` where our own tests run us from source. */
export const sourceExtension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

/** What Node must be told before it can run our own files: nothing, once they are compiled. */
export function nodeArguments(): readonly string[] {
  if (sourceExtension === ".js") return [];
  return [
    "--conditions=archwright-source",
    "--import",
    moduleOf(`import { register } from "node:module"; register(${JSON.stringify(moduleOf(typeStripping()))});`),
  ];
}

/** The same for a process that is already running. */
export function readOwnFiles(): void {
  if (sourceExtension === ".ts") register(moduleOf(typeStripping()));
}

const moduleOf = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

function typeStripping(): string {
  const transformer = pathToFileURL(createRequire(import.meta.url).resolve("oxc-transform")).href;
  return `
    import { readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    import { transformSync } from ${JSON.stringify(transformer)};
    export async function load(url, context, nextLoad) {
      if (!url.startsWith("file:") || !url.endsWith(".ts")) return nextLoad(url, context);
      const { code } = transformSync(url, readFileSync(fileURLToPath(url), "utf8"));
      return { format: "module", shortCircuit: true, source: code };
    }`;
}
