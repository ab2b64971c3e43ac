import { resolve } from "node:path";
import type { State, Undecided } from "@archwright/compiler";
import { UsageError, type Command, type Options, type Surroundings } from "../command.ts";
import { compileOrThrow } from "../compile.ts";
import { refuseOtherCurrency } from "../design/currency.ts";
import { jsonOf } from "../design/json.ts";
import { colorOf, widthOf } from "../terminal/output.ts";
import { paintFor } from "../terminal/paint.ts";

export const design: Command = {
  name: "design",
  summary: "decide the architecture: what to choose, why, what it costs, where it tips",
  description:
    "Decides the architecture from the model: its load, promises, team and budget. Without an option it says what an architect would say in two minutes. Every number can be traced (archwright explain), every choice has its tipping point, and what is not known is asked for.",
  options: [
    { flags: "-w, --what-if <supposed...>", description: "what changes if: placeOrder.peak=500/s, team=12, broker=kafka" },
    { flags: "--ask", description: "ask what is worth knowing, best first, and write the answers into the model" },
    { flags: "--explore", description: "the designs of which none is better in every respect: cost, work, latency, availability" },
    {
      flags: "-o, --output <folder>",
      description: "write the whole as a document: chapters and records as Markdown, and one page as HTML",
    },
    { flags: "--no-schema", description: "take the data layer as given: leave its chapter and its records out of the document" },
    { flags: "--from <model>", description: "what stands today: how the proposed differs, and with --output the way there in steps" },
    { flags: "--check", description: "write nothing; exit with 1 when the document is not what the model says" },
    { flags: "--force", description: "overwrite files that were changed by hand" },
    { flags: "--json", description: "print one JSON document: the whole design, or what was written" },
  ],
  examples: [
    ["archwright design", "in two minutes"],
    ["archwright design --what-if team=12", "what more people would change"],
    ["archwright design --ask", "answer its questions"],
    ["archwright design -o docs/design", "what an architect hands over"],
    ["archwright design --from current.ts -o docs/way", "from today to there, in steps"],
  ],
  async run(given, options, surroundings) {
    const { path, supposed } = supposedOf(given, wordsOf(options["whatIf"]), surroundings);
    refuseTogether(options, supposed);
    if (options["ask"]) return ask(path, surroundings);
    const output = options["output"];
    if (typeof output === "string") {
      const { writeDocument } = await import("../design/written-document.ts");
      return writeDocument(path, output, options, surroundings);
    }
    const { model } = await compileOrThrow(path, surroundings);
    const compiler = await import("@archwright/compiler");
    const open = compiler.undecided(model);
    const { stdout, folder } = surroundings;
    const view = viewOf(surroundings);
    const compared = await comparedWith(open, { from: options["from"], supposed }, surroundings);
    if (compared) {
      const difference = compiler.differenceOf(...compared);
      const { renderDifference } = await import("../design/difference.ts");
      stdout.write(options["json"] ? jsonOf(difference, folder) : renderDifference(difference, open.currency, view));
      return 0;
    }
    if (options["explore"]) {
      const exploration = compiler.explore(compiler.stateOf(open));
      const { renderExploration } = await import("../design/exploration.ts");
      stdout.write(options["json"] ? jsonOf(exploration, folder) : renderExploration(exploration, open.currency, view));
      return 0;
    }
    const { awaitedDesign } = await import("../design/awaited-design.ts");
    const whole = await awaitedDesign(open, surroundings, options["json"] === true);
    const { renderSummary } = await import("../design/summary.ts");
    stdout.write(options["json"] ? jsonOf(whole, folder) : renderSummary(whole, view));
    return 0;
  },
};

/** What a design is held against: what stands today, or itself under other suppositions. Nothing where neither is asked for. */
async function comparedWith(
  open: Undecided,
  { from, supposed }: { readonly from: Options[string]; readonly supposed: readonly string[] },
  surroundings: Surroundings,
): Promise<readonly [before: State, after: State] | undefined> {
  const { answerOf, changesOf, stateOf, undecided } = await import("@archwright/compiler");
  if (typeof from === "string") {
    const { model } = await compileOrThrow(resolve(surroundings.folder, from), surroundings);
    const today = undecided(model);
    refuseOtherCurrency(today.currency, open.currency);
    return [stateOf(today), stateOf(open)];
  }
  if (supposed.length === 0) return undefined;
  const answers = answersOf(supposed, (said) => answerOf(open, said));
  return [stateOf(open), stateOf(open, changesOf(answers))];
}

async function ask(path: string, surroundings: Surroundings): Promise<0> {
  const { askQuestions, terminalAsker } = await import("../design/ask.ts");
  const asker = terminalAsker(process.stdin, process.stdout);
  try {
    await askQuestions(path, asker, surroundings, viewOf(surroundings));
  } finally {
    asker.close();
  }
  return 0;
}

export const viewOf = ({ stdout, environment }: Surroundings) => ({
  width: widthOf(stdout),
  paint: paintFor(colorOf(stdout, environment)),
});

/** A path behind `--what-if` is taken for one more supposition by the parser: it is the only word that supposes nothing. */
function supposedOf(
  path: string,
  words: readonly string[],
  { folder }: Surroundings,
): { readonly path: string; readonly supposed: readonly string[] } {
  const last = words.at(-1);
  if (words.length < 2 || path !== folder || last === undefined || last.includes("=")) return { path, supposed: words };
  return { path: resolve(folder, last), supposed: words.slice(0, -1) };
}

const wordsOf = (option: Options[string]): readonly string[] =>
  Array.isArray(option) ? option : typeof option === "string" ? [option] : [];

function refuseTogether(options: Options, supposed: readonly string[]): void {
  const hasDocument = options["output"] !== undefined || options["from"] !== undefined;
  const said = [
    supposed.length > 0 ? "--what-if" : "",
    options["ask"] ? "--ask" : "",
    options["explore"] ? "--explore" : "",
    hasDocument ? (options["output"] === undefined ? "--from" : "--output") : "",
  ].filter(Boolean);
  if (said.length > 1)
    throw new UsageError({
      what: `${said.join(" and ")} do not go together.`,
      why: "Each of them answers another question.",
      fix: "Call them one after the other.",
    });
  const forDocument = [
    options["check"] ? "--check" : "",
    options["force"] ? "--force" : "",
    options["schema"] === false ? "--no-schema" : "",
  ].filter(Boolean);
  if (forDocument.length > 0 && options["output"] === undefined)
    throw new UsageError({
      what: `${forDocument.join(" and ")} without --output changes nothing.`,
      why: "It says how the document is written.",
      fix: "Say with --output where to write the document, or leave it out.",
    });
  if (options["check"] && options["force"])
    throw new UsageError({
      what: "--check and --force contradict each other.",
      why: "One writes nothing, the other overwrites.",
      fix: "Leave one of them out.",
    });
  if (options["ask"] && options["json"])
    throw new UsageError({
      what: "--ask and --json do not go together.",
      why: "One talks with a person, the other with a program.",
      fix: "Read questions from --json, and suppose answers with --what-if.",
    });
}

type Answers = ReturnType<(typeof import("@archwright/compiler"))["answerOf"]>;

function answersOf(
  supposed: readonly string[],
  answerTo: (said: string) => Answers,
): readonly Exclude<Answers, { readonly what: string }>[] {
  return supposed.map((said) => {
    const answer = answerTo(said);
    if ("what" in answer) throw new UsageError(answer);
    return answer;
  });
}
