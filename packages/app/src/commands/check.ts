import { relative } from "node:path";
import type { Command, ExitStatus, Options, Surroundings } from "../command.ts";
import { compileModel, hasErrors, type Compiled, type NotCompiled } from "../compile.ts";
import { problemDocument, reportOf, reportWidth, statusOf, withPathsFrom } from "../problem-report.ts";
import { renderBrief } from "../terminal/brief.ts";
import { colorOf } from "../terminal/output.ts";
import { paintFor } from "../terminal/paint.ts";

export const check: Command = {
  name: "check",
  summary: "what a senior architect would say of the model",
  description:
    'Reads the model and reports findings: each with the lines it is about, what it costs and what to do. A finding that you accept is said on the item, with the reason: accept: { "reliability/call-needs-timeout": "the provider cuts at 2 s" }.',
  options: [
    { flags: "--brief", description: "what and fix only, without the lines of the model" },
    { flags: "--json", description: "print one JSON document: { model, findings }" },
  ],
  examples: [
    ["archwright check", "the model of this folder"],
    ["archwright check examples/shop --json", "for a program"],
  ],
  async run(path, options, surroundings) {
    const compiled = await compileModel(path, surroundings);
    surroundings.stdout.write(options["json"] ? asDocument(compiled, surroundings) : inWords(compiled, options, surroundings));
    return compiled.ok ? ((hasErrors(compiled.findings) ? 1 : 0) satisfies ExitStatus) : statusOf(compiled.problems);
  },
};

function inWords(compiled: Compiled | NotCompiled, options: Options, surroundings: Surroundings): string {
  const { stdout, environment, folder } = surroundings;
  if (!compiled.ok) return reportOf(compiled.problems, surroundings);
  if (!options["brief"]) return reportOf(compiled.findings, surroundings);
  const paint = paintFor(colorOf(stdout, environment));
  return renderBrief(compiled.findings, { width: reportWidth(stdout), paint, folder, file: compiled.file });
}

function asDocument(compiled: Compiled | NotCompiled, { folder }: Surroundings): string {
  const document = compiled.ok
    ? {
        model: { name: compiled.model.name, hash: compiled.hash, file: relative(folder, compiled.file) },
        findings: compiled.findings.map((found) => withPathsFrom(folder, found)),
      }
    : problemDocument(compiled.problems, folder);
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
