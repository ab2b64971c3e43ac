import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { relative } from "node:path";
import {
  answerOf,
  changesOf,
  designOf,
  differenceOf,
  formatted,
  stateOf,
  undecided,
  type Answer,
  type Undecided,
} from "@archwright/compiler";
import type { Question } from "@archwright/model";
import type { Surroundings } from "../command.ts";
import { compileOrThrow, type Compiled } from "../compile.ts";
import { answeredSilence, answeredUnknown, applied, type Edit } from "./answer-edit.ts";
import { renderDifference } from "./difference.ts";
import { indented, worthInWords, type View } from "./summary.ts";

/** Where answers come from: a terminal, or a list of lines. */
export interface Asker {
  /** Settles with what was typed, or with nothing when there will be no more. */
  ask(prompt: string): Promise<string | undefined>;
  close(): void;
}

export function terminalAsker(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Asker {
  const lines = createInterface({ input, output, terminal: "isTTY" in output && output.isTTY === true });
  const waiting: ((line: string | undefined) => void)[] = [];
  const typed: string[] = [];
  let ended = false;
  lines.on("line", (line) => {
    const next = waiting.shift();
    if (next) next(line);
    else typed.push(line);
  });
  lines.on("close", () => {
    ended = true;
    for (const next of waiting.splice(0)) next(undefined);
  });
  return {
    ask: (prompt) => {
      output.write(prompt);
      const line = typed.shift();
      if (line !== undefined || ended) return Promise.resolve(line);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => lines.close(),
  };
}

/**
 * Asks what is worth knowing, best first, shows what each answer changes, and writes it into the model.
 * An empty answer leaves a question open; `q` or the end of input ends the asking.
 */
export async function askQuestions(path: string, asker: Asker, surroundings: Surroundings, view: View): Promise<void> {
  const { stdout, folder } = surroundings;
  const passed = new Set<string>();
  let asked = await questionsOf(path, surroundings);
  for (;;) {
    const { open, questions, file, files } = asked;
    const question = questions.find(({ input }) => !passed.has(input));
    if (!question) {
      stdout.write(passed.size === 0 ? "Nothing is open that would change the design.\n" : "That is all that is worth asking.\n");
      return;
    }
    passed.add(question.input);
    const answer = await answerTo(question, open, asker, surroundings, view);
    if (answer === "end") return;
    if (answer === undefined) continue;
    const difference = differenceOf(stateOf(open), stateOf(open, changesOf([answer])));
    stdout.write(renderDifference(difference, open.currency, view));
    stdout.write(`${await writeAnswer(question, answer.value, { file, files, folder })}\n\n`);
    // What else is worth asking hangs on what the model says now.
    asked = await questionsOf(path, surroundings);
  }
}

interface Asked extends Pick<Compiled, "file" | "files"> {
  readonly open: Undecided;
  readonly questions: readonly Question[];
}

async function questionsOf(path: string, surroundings: Surroundings): Promise<Asked> {
  const { model, file, files } = await compileOrThrow(path, surroundings);
  const open = undecided(model);
  return { open, questions: designOf(open, { flips: false }).questions, file, files };
}

async function answerTo(
  question: Question,
  open: Undecided,
  asker: Asker,
  { stdout }: Surroundings,
  view: View,
): Promise<Answer | "end" | undefined> {
  const { paint, width } = view;
  const { currency } = open;
  stdout.write(`${[paint.strong(question.ask), ...indented(worthInWords(open, question), width)].join("\n")}\n`);
  for (;;) {
    const typed = await asker.ask(
      `  ${paint.info("›")} ${paint.faint(`(${formatted(question.assumed, question.unit, currency)}; Enter leaves it open, q ends)`)} `,
    );
    if (typed === undefined || typed.trim() === "q") return "end";
    if (typed.trim() === "") return undefined;
    const answer = answerOf(open, `${question.input}=${typed.trim()}`);
    if (!("what" in answer)) return answer;
    stdout.write(`  ${paint.warning(answer.what)} ${answer.why} ${answer.fix}\n`);
  }
}

interface Place {
  readonly file: string;
  readonly files: readonly string[];
  readonly folder: string;
}

async function writeAnswer({ input, ask, asked, words }: Question, value: number, { file, files, folder }: Place): Promise<string> {
  for (const candidate of asked ? files : [file]) {
    const source = await readFile(candidate, "utf8");
    const edit: Edit | undefined = asked
      ? answeredUnknown(candidate, source, ask, value)
      : answeredSilence(candidate, source, input, value);
    if (!edit) continue;
    await writeFile(candidate, applied(source, edit));
    return `  Written into ${relative(folder, candidate)}: ${edit.said}`;
  }
  return `  The model has no single word for "${words}", so nothing is written: say it where ${input} is declared.`;
}
