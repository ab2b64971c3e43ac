import { relative } from "node:path";
import type { Model } from "@archwright/model";
import type { Command } from "../command.ts";
import { loadModel } from "../loader/load.ts";
import { LoadError } from "../loader/problem.ts";

export const model: Command = {
  name: "model",
  summary: "the model as data",
  description:
    "Prints what the model files say: a summary, or with --json the canonical model itself, which is the same bytes for the same meaning and the input of everything else. Its JSON Schema is published with --schema, so that other programs may read and write models.",
  options: [
    { flags: "--json", description: "print the canonical model" },
    { flags: "--hash", description: "print its SHA-256, origins left out" },
    { flags: "--schema", description: "print the JSON Schema of every model" },
  ],
  examples: [
    ["archwright model", "what there is, and who may call it"],
    ["archwright model --json > model.json", "the canonical model"],
    ["archwright model --schema", "what a model looks like"],
  ],
  async run(path, { json, hash, schema }, surroundings) {
    const { stdout, stderr, folder } = surroundings;
    const { modelSchema, readableJson } = await import("@archwright/model");
    if (schema) {
      stdout.write(readableJson(modelSchema));
      return 0;
    }
    const loaded = await loadModel(path, { log: (text) => void stderr.write(text) });
    if (!loaded.ok) throw new LoadError(loaded.problems);
    if (json) stdout.write(readableJson(withOriginsFrom(folder, loaded.model)));
    else if (hash) stdout.write(`${loaded.hash}\n`);
    else stdout.write((await import("../model-summary.ts")).summarize(loaded.model, loaded.hash));
    return 0;
  },
};

/** The same model on every machine: files are named from the folder that the command was called in. */
function withOriginsFrom(folder: string, given: Model): Model {
  const origins = Object.entries(given.origins).map(
    ([path, origin]) => [path, { ...origin, file: relative(folder, origin.file) }] as const,
  );
  return { ...given, origins: Object.fromEntries(origins) };
}
