import { join, relative, resolve } from "node:path";
import { emitters } from "@archwright/compiler";
import { UsageError, type Command } from "../command.ts";
import { writeArtefacts, type Written } from "../artefact-folder.ts";
import { compileModel, hasErrors, reportOf } from "../compile.ts";

export const build: Command = {
  name: "build",
  summary: "write contracts, schema and diagrams",
  description:
    "Writes everything that follows from the model into one folder: the OpenAPI contract, the PostgreSQL schema, the diagrams and the model as tables. The files are stamped with the model's hash and never edited: a file that was changed by hand is not overwritten without --force.",
  options: [
    { flags: "-o, --output <folder>", description: "where to write; left out: build, beside the model" },
    { flags: "--check", description: "write nothing; exit with 1 when the folder is not what the model says" },
    { flags: "--force", description: "overwrite files that were changed by hand" },
    { flags: "--json", description: "print one JSON document: { hash, folder, artefacts, changed }" },
  ],
  examples: [
    ["archwright build", "into ./build"],
    ["archwright build -o docs/backend --check", "in CI: is the folder up to date?"],
  ],
  async run(path, options, surroundings) {
    const { stdout, stderr, folder } = surroundings;
    if (options["check"] && options["force"]) throw new UsageError({ what: "--check and --force contradict each other.", why: "One writes nothing, the other overwrites.", fix: "Leave one of them out." });
    const compiled = await compileModel(path, surroundings);
    if (!compiled.ok || hasErrors(compiled.findings)) {
      stderr.write(reportOf(compiled.ok ? compiled.findings : compiled.problems, surroundings, stderr));
      if (!compiled.ok) return 1;
    }
    const { model, hash, file } = compiled;
    const target = typeof options["output"] === "string" ? resolve(folder, options["output"]) : join(file, "..", "build");
    const artefacts = emitters.flatMap((emitter) => emitter.emit(model, { hash }));
    const written = await writeArtefacts(target, artefacts, { hash, check: options["check"] === true, force: options["force"] === true });
    const shown = relative(folder, target) || ".";
    stdout.write(options["json"] ? `${JSON.stringify({ hash, folder: shown, artefacts: artefacts.map((artefact) => artefact.path), changed: written.changed }, undefined, 2)}\n` : inWords(shown, artefacts.length, written, options["check"] === true));
    return (options["check"] && written.changed.length > 0) || hasErrors(compiled.findings) ? 1 : 0;
  },
};

function inWords(folder: string, count: number, { changed }: Written, check: boolean): string {
  if (changed.length === 0) return `${folder}: ${count} files, all of them up to date.\n`;
  const list = changed.map((path) => `  ${path}`).join("\n");
  return check ? `${folder} is not what the model says. Run \`archwright build\` and commit:\n${list}\n` : `${folder}: ${count} files, ${changed.length} of them new or changed:\n${list}\n`;
}
