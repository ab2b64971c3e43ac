import { relative, resolve } from "node:path";
import type { Design, Model } from "@archwright/model";
import { writeArtefacts } from "../artefact-folder.ts";
import type { ExitStatus, Options, Surroundings } from "../command.ts";
import { compileOrThrow, type Compiled } from "../compile.ts";
import { refuseOtherCurrency } from "./currency.ts";
import { colorOf } from "../terminal/output.ts";
import { startProgress, type Progress } from "../terminal/progress.ts";

/** Writes what an architect hands over: chapters and records as Markdown, and all of it as one page. */
export async function writeDocument(path: string, output: string, options: Options, surroundings: Surroundings): Promise<ExitStatus> {
  const { stdout, stderr, environment, folder } = surroundings;
  const { check, force, json, from, schema } = options;
  const progress = startProgress({ stream: stderr, silent: json === true, color: colorOf(stderr, environment) });
  try {
    progress.step("Reading the model");
    const compiled = await compileOrThrow(path, surroundings);
    const current = typeof from === "string" ? await compileOrThrow(resolve(folder, from), surroundings) : undefined;
    const artefacts = await artefactsOf(compiled, current, schema !== false, progress);
    const target = resolve(folder, output);
    const shown = relative(folder, target) || ".";
    if (!check) progress.step(`Writing ${artefacts.length} files into ${shown}`);
    const hash = current ? `${compiled.hash} from ${current.hash}` : compiled.hash;
    const { changed } = await writeArtefacts(target, artefacts, { hash, check: check === true, force: force === true });
    progress.done();
    const written = { hash, folder: shown, artefacts: artefacts.map((artefact) => artefact.path), changed };
    stdout.write(json ? `${JSON.stringify(written, undefined, 2)}\n` : inWords(shown, written.artefacts, changed, check === true));
    return check && changed.length > 0 ? 1 : 0;
  } catch (error) {
    progress.failed();
    throw error;
  }
}

/** What stands today is told without its tipping points: nobody asks where a choice tips that is to be given up. */
async function artefactsOf({ model, hash }: Compiled, current: Compiled | undefined, schema: boolean, progress: Progress) {
  const compiler = await import("@archwright/compiler");
  const decided = (of: Model, flips: boolean): Design => compiler.designOf(compiler.undecided(of), { flips });
  progress.step(`Deciding the architecture of ${model.name}, and where each choice tips`);
  const design = decided(model, true);
  if (current) progress.step("Deciding what stands today");
  const today = current && { model: current.model, design: decided(current.model, false) };
  if (today) refuseOtherCurrency(today.design.currency, design.currency);
  const subject = { model, facts: compiler.factsOf(model), design, ...(today && { current: today }) };
  progress.step("Writing the chapters");
  const document = compiler.documentOf(subject, { schema });
  return [...compiler.markdownOf(document), compiler.htmlOf(document, { hash })];
}

const shownMax = 12;

function inWords(folder: string, paths: readonly string[], changed: readonly string[], check: boolean): string {
  if (changed.length === 0) return `${folder}: ${paths.length} files, all of them up to date.\n`;
  const shown = changed.slice(0, shownMax).map((path) => `  ${path}`);
  const more = changed.length > shownMax ? [`  and ${changed.length - shownMax} more`] : [];
  const list = [...shown, ...more].join("\n");
  if (check) return `${folder} is not what the model says. Call the same without --check, and commit:\n${list}\n`;
  return `${folder}: ${paths.length} files, ${changed.length} of them changed:\n${list}\nOpen ${folder}/index.html, or read ${folder}/index.md.\n`;
}
