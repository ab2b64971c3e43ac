import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { budgetsOf } from "./budgets.ts";
import { measureCheck } from "./check-cost.ts";
import { measureDesign } from "./design-cost.ts";
import { describeMachine } from "./machine.ts";
import { startProgress } from "./progress.ts";
import { renderReport, type Measured } from "./report.ts";
import { measureStart } from "./start-time.ts";

const help = `Measures what Archwright promises of its own speed.

  npm run bench
  npm run bench -- --json > bench.json
  npm run bench -- --only check --runs 9 --gate

  --json          one JSON document on standard output
  --only <what>   check, design or start; may be given several times
  --runs <n>      how often each thing is measured after its warm-up; 5 unless said otherwise
  --gate          exit status 1 if a budget is missed
`;

interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
}

/** Runs the benchmark and answers with the exit status: 0, 1 for a budget that is missed under `--gate`, 2 for a wrong call. */
export async function runBench(words: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const options = optionsOf(words);
  if (typeof options === "string") {
    stderr.write(options);
    return 2;
  }
  if (options.help) {
    stdout.write(help);
    return 0;
  }
  if (!existsSync("/proc/self/stat")) {
    stderr.write(
      "This is no Linux: what processes use is read from /proc, which only Linux has.\n  fix: Run it in a Linux container or machine.\n",
    );
    return 2;
  }
  const progress = startProgress(stderr);
  const machine = describeMachine();
  const { runs, only } = options;
  const check = only.includes("check") ? await measureCheck(runs, progress) : undefined;
  const design = only.includes("design") ? measureDesign(runs, progress) : undefined;
  const start = only.includes("start") ? await measureStart(runs, progress) : undefined;
  progress.end();
  const figures = { ...(check && { check }), ...(design && { design }), ...(start && { start }) };
  const measured: Measured = { machine, runs, ...figures, budgets: budgetsOf(figures) };
  stdout.write(options.json ? `${JSON.stringify(measured, undefined, 2)}\n` : renderReport(measured));
  return options.gate && measured.budgets.some(({ met }) => !met) ? 1 : 0;
}

const subjects = ["check", "design", "start"];

interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly gate: boolean;
  readonly runs: number;
  readonly only: readonly string[];
}

/** The options, or what is wrong with them. */
function optionsOf(words: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        help: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        gate: { type: "boolean", default: false },
        runs: { type: "string", default: "5" },
        only: { type: "string", multiple: true, default: subjects },
      },
    });
    const runs = Number(values.runs);
    const stranger = values.only.find((subject) => !subjects.includes(subject));
    if (!Number.isInteger(runs) || runs < 1)
      return `--runs is ${values.runs}, which is no number of runs.\n  fix: Give a whole number from 1.\n`;
    if (stranger !== undefined) return `Nothing is called ${stranger} here.\n  fix: Say --only ${subjects.join(" or --only ")}.\n`;
    return { ...values, runs };
  } catch (error) {
    if (error instanceof TypeError) return `${error.message}\n\n${help}`;
    throw error;
  }
}
