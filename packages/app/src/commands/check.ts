import type { Command } from "../command.ts";
import { compileModel, hasErrors, reportOf } from "../compile.ts";

export const check: Command = {
  name: "check",
  summary: "what a senior architect would say of the model",
  description:
    "Reads the model and reports findings: each with the lines it is about, what it costs and what to do. A finding that you accept is said on the item, with the reason: accept: { \"reliability/call-needs-timeout\": \"the provider cuts at 2 s\" }.",
  options: [{ flags: "--json", description: "print one JSON document: { model, findings }" }],
  examples: [
    ["archwright check", "the model of this folder"],
    ["archwright check examples/shop --json", "for a program"],
  ],
  async run(path, options, surroundings) {
    const compiled = await compileModel(path, surroundings);
    const found = compiled.ok ? compiled.findings : compiled.problems;
    if (options["json"]) surroundings.stdout.write(`${JSON.stringify(documentOf(compiled), undefined, 2)}\n`);
    else surroundings.stdout.write(reportOf(found, surroundings));
    return compiled.ok && !hasErrors(compiled.findings) ? 0 : 1;
  },
};

function documentOf(compiled: Awaited<ReturnType<typeof compileModel>>): object {
  if (!compiled.ok) return { model: null, findings: compiled.problems.map((problem) => ({ severity: "error", ...problem })) };
  return { model: { name: compiled.model.name, hash: compiled.hash }, findings: compiled.findings };
}
