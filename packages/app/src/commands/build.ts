import { dirname, join, relative, resolve } from "node:path";
import type { Finding } from "@archwright/model";
import { writeArtefacts, type Written } from "../artefact-folder.ts";
import { UsageError, type Command, type Surroundings } from "../command.ts";
import { compileOrThrow, hasErrors } from "../compile.ts";
import { reportWidth, withPathsFrom } from "../problem-report.ts";
import { renderBrief } from "../terminal/brief.ts";
import { colorOf } from "../terminal/output.ts";
import { paintFor } from "../terminal/paint.ts";

export const build: Command = {
  name: "build",
  summary: "write contracts, schema and diagrams",
  description:
    "Writes everything that follows from the model into one folder: the OpenAPI contract, the PostgreSQL schema, the diagrams and the model as tables. The files are stamped with the model's hash and never edited: a file that was changed by hand is not overwritten without --force. A model with errors is written too, and the status says so.",
  options: [
    { flags: "-o, --output <folder>", description: "where to write; left out: build, beside the model" },
    { flags: "--check", description: "write nothing; exit with 1 when the folder is not what the model says" },
    { flags: "--force", description: "overwrite files that were changed by hand" },
    { flags: "--json", description: "print one JSON document: { hash, folder, artefacts, changed, findings }, the findings being errors" },
  ],
  examples: [
    ["archwright build", "into ./build"],
    ["archwright build -o docs/backend --check", "in CI: is the folder up to date?"],
  ],
  async run(path, { check, force, json, output }, surroundings) {
    const { stdout, stderr, folder } = surroundings;
    if (check && force)
      throw new UsageError({
        what: "--check and --force contradict each other.",
        why: "One writes nothing, the other overwrites.",
        fix: "Leave one of them out.",
      });
    const { model, hash, file, findings } = await compileOrThrow(path, surroundings);
    const target = typeof output === "string" ? resolve(folder, output) : join(dirname(file), "build");
    const { emitters } = await import("@archwright/compiler");
    const artefacts = emitters.flatMap((emitter) => emitter.emit(model, { hash }));
    const written = await writeArtefacts(target, artefacts, { hash, check: check === true, force: force === true });
    const shown = relative(folder, target) || ".";
    const errors = findings.filter(({ severity }) => severity === "error");
    if (json) {
      const document = { hash, folder: shown, artefacts: artefacts.map((artefact) => artefact.path), changed: written.changed };
      stdout.write(`${JSON.stringify({ ...document, findings: errors.map((found) => withPathsFrom(folder, found)) }, undefined, 2)}\n`);
    } else {
      stdout.write(inWords(shown, artefacts.length, written, check === true));
      if (errors.length > 0) stderr.write(`\n${errorsInWords(errors, surroundings)}`);
    }
    return (check && written.changed.length > 0) || hasErrors(findings) ? 1 : 0;
  },
};

function inWords(folder: string, count: number, { changed }: Written, check: boolean): string {
  if (changed.length === 0) return `${folder}: ${count} files, all of them up to date.\n`;
  const list = changed.map((path) => `  ${path}`).join("\n");
  return check
    ? `${folder} is not what the model says. Call the same without --check, and commit:\n${list}\n`
    : `${folder}: ${count} files, ${changed.length} of them changed:\n${list}\n`;
}

function errorsInWords(errors: readonly Finding[], { stderr, environment, folder }: Surroundings): string {
  return renderBrief(errors, { width: reportWidth(stderr), paint: paintFor(colorOf(stderr, environment)), folder });
}
