import { Command as Parser, CommanderError } from "commander";
import { callMistake, unknownCommand } from "./call-mistake.ts";
import type { Command, ExitStatus, Options, Surroundings } from "./command.ts";
import { commands } from "./commands.ts";
import { explanationOf, renderWords } from "./explanation.ts";
import { LoadError } from "./loader/problem.ts";
import { problemDocument, reportOf, statusOf } from "./problem-report.ts";
import { colorOf, widthOf } from "./terminal/output.ts";
import { paintFor } from "./terminal/paint.ts";
import { wrap } from "./terminal/width.ts";
import { version } from "./version.ts";

/** Runs `archwright` with these arguments. Whatever goes wrong ends in a sentence and a status, never in a stack trace. */
export async function runCommandLine(words: readonly string[], surroundings: Surroundings): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const parser = parserOf(surroundings, (ended) => (status = ended));
  try {
    await parser.parseAsync([...words], { from: "user" });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(error, words, surroundings);
    if (error.exitCode === 0) return 0;
    // Without a command there is help, and no more to say.
    return error.code === "commander.help" ? 2 : fail(callMistake(error, words), words, surroundings);
  }
}

function fail(error: unknown, words: readonly string[], surroundings: Surroundings): ExitStatus {
  const { stdout, stderr, environment, folder } = surroundings;
  const document = (content: object): void => {
    if (words.includes("--json")) stdout.write(`${JSON.stringify(content, undefined, 2)}\n`);
  };
  if (error instanceof LoadError) {
    stderr.write(reportOf(error.problems, surroundings, stderr));
    document(problemDocument(error.problems, folder));
    return statusOf(error.problems);
  }
  const { status, ...explanation } = explanationOf(error);
  const { what, why, fix } = explanation;
  stderr.write(renderWords(explanation, { width: widthOf(stderr), paint: paintFor(colorOf(stderr, environment)) }));
  if (environment["ARCHWRIGHT_STACK"] && error instanceof Error) stderr.write(`${error.stack ?? error.message}\n`);
  document({ error: { what, why, fix } });
  return status;
}

function parserOf(surroundings: Surroundings, end: (status: ExitStatus) => void): Parser {
  const { stdout, stderr, environment } = surroundings;
  const parser = new Parser("archwright")
    .description("A backend architect as a compiler: describe a backend in one typed model; check it, draw it, run it.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .configureHelp({ minWidthToWrap: 20 })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      // What is wrong with a call is said once, in our own words.
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(stdout),
      getErrHelpWidth: () => widthOf(stderr),
      getOutHasColors: () => colorOf(stdout, environment),
      getErrHasColors: () => colorOf(stderr, environment),
    })
    .showSuggestionAfterError(false)
    .addHelpText("after", closingWords);
  parser.command("help [name]", { hidden: true }).action((name?: string) => {
    const asked = name === undefined ? parser : parser.commands.find((command) => command.name() === name);
    if (!asked) throw unknownCommand(name ?? "");
    asked.help();
  });
  for (const command of commands) addCommand(parser, command, surroundings, end);
  return parser;
}

const closingWords = `
A model is a file named system.ts. Without a path, a command takes the one of this folder.

Begin here:
  archwright dev           run the model of this folder
  archwright help <name>   what a command does, with examples`;

function addCommand(parser: Parser, command: Command, surroundings: Surroundings, end: (status: ExitStatus) => void): void {
  const helpWidth = Math.min(100, widthOf(surroundings.stdout));
  const examples = exampleLines(command.examples, helpWidth).join("\n");
  const sub = parser
    .command(`${command.name}${command.subject === undefined ? "" : ` <${command.subject}>`} [path]`)
    .summary(command.summary)
    .description(wrapLines(command.description, helpWidth))
    .exitOverride()
    .copyInheritedSettings(parser)
    .addHelpText("after", `\nExamples:\n${examples}\n\n${wrap(statuses, helpWidth).join("\n")}`)
    .action(async (...given: readonly (string | Options | undefined)[]) => {
      const { subject, path, options } = callOf(command, given);
      end(await command.run(path ?? surroundings.folder, { ...options, ...subject }, surroundings));
    });
  for (const { flags, description } of command.options) sub.option(flags, description);
}

/** What commander hands over: the subject where there is one, the path, the options, and itself. */
function callOf(
  { subject }: Command,
  given: readonly unknown[],
): { readonly subject: Options; readonly path: string | undefined; readonly options: Options } {
  const [first, second] = given;
  const path = subject === undefined ? first : second;
  const options = given[subject === undefined ? 1 : 2] as Options; // Commander puts them behind the arguments.
  return { subject: subject === undefined ? {} : { [subject]: String(first) }, path: typeof path === "string" ? path : undefined, options };
}

/** The meanings in a column, where there is room for one. */
function exampleLines(examples: Command["examples"], width: number): readonly string[] {
  const beside = examples.map(([line, meaning]) => `  ${line.padEnd(44)} ${meaning}`);
  return beside.every(({ length }) => length <= width) ? beside : examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`);
}

const statuses = "Exit status: 0 fine, 1 findings of severity error, or something did not work, 2 the call itself was wrong.";

/** The first line is prose; those behind it are a table, whose second column stays one. */
function wrapLines(text: string, width: number): string {
  const [prose = "", ...table] = text.split("\n");
  const rows = table.flatMap((row) => {
    const [, head = "", meaning = ""] = /^(\s*\S+\s+)(.*)$/.exec(row) ?? [];
    return wrap(meaning, Math.max(20, width - head.length)).map((part, index) => `${index === 0 ? head : " ".repeat(head.length)}${part}`);
  });
  return [...wrap(prose, width), ...rows].join("\n");
}
