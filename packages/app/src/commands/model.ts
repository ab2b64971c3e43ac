import { modelSchema, readableJson, type Model } from "@archwright/model";
import { relative } from "node:path";
import type { Command } from "../command.ts";
import { compileModel, reportOf } from "../compile.ts";
import { summarize } from "../model-summary.ts";

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
    ["archwright model", "what there is"],
    ["archwright model --json > model.json", "the canonical model"],
    ["archwright model --schema", "what a model looks like"],
  ],
  async run(path, options, surroundings) {
    const { stdout, stderr, folder } = surroundings;
    if (options["schema"]) {
      stdout.write(readableJson(modelSchema));
      return 0;
    }
    const compiled = await compileModel(path, surroundings);
    if (!compiled.ok) {
      stderr.write(reportOf(compiled.problems, surroundings, stderr));
      return 1;
    }
    if (options["json"]) stdout.write(readableJson(withPathsFrom(folder, compiled.model)));
    else if (options["hash"]) stdout.write(`${compiled.hash}\n`);
    else stdout.write(summarize(compiled.model, compiled.hash));
    return 0;
  },
};

/** The same model on every machine: files are named from the folder that the command was called in. */
function withPathsFrom(folder: string, given: Model): Model {
  const origins = Object.entries(given.origins).map(([path, origin]) => [path, { ...origin, file: relative(folder, origin.file) }] as const);
  return { ...given, origins: Object.fromEntries(origins) };
}
