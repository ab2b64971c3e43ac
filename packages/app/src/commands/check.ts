import type { Command, Options, Surroundings } from "../command.ts";
import { compileModel, hasErrors, reportOf, type Compiled } from "../compile.ts";
import { renderBrief } from "../terminal/brief.ts";
import { colorOf, widthOf } from "../terminal/output.ts";
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
    surroundings.stdout.write(textOf(compiled, options, surroundings));
    return compiled.ok && !hasErrors(compiled.findings) ? 0 : 1;
  },
};

function textOf(compiled: Compiled, options: Options, surroundings: Surroundings): string {
  const { stdout, environment, folder } = surroundings;
  if (options["json"]) return `${JSON.stringify(documentOf(compiled), undefined, 2)}\n`;
  if (!compiled.ok) return reportOf(compiled.problems, surroundings);
  if (!options["brief"]) return reportOf(compiled.findings, surroundings);
  return renderBrief(compiled.findings, { width: Math.min(120, widthOf(stdout)), paint: paintFor(colorOf(stdout, environment)), folder });
}

function documentOf(compiled: Compiled): object {
  if (!compiled.ok) return { model: null, findings: compiled.problems.map((problem) => ({ severity: "error", ...problem })) };
  return { model: { name: compiled.model.name, hash: compiled.hash }, findings: compiled.findings };
}
