import { Command as Parser, CommanderError } from "commander";
import { UsageError, type Command, type ExitStatus, type Options, type Surroundings } from "./command.ts";
import { commands } from "./commands.ts";
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
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    surroundings.stderr.write(explain(error, surroundings));
    return error instanceof UsageError ? 2 : 1;
  }
}

function parserOf(surroundings: Surroundings, end: (status: ExitStatus) => void): Parser {
  const { stdout, stderr } = surroundings;
  const parser = new Parser("archwright")
    .description("A backend architect as a compiler: describe a backend in one typed model; check it, draw it, run it.")
    .version(version, "-v, --version", "print the version")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void stdout.write(text), writeErr: (text) => void stderr.write(text), getOutHelpWidth: () => widthOf(stdout), getErrHelpWidth: () => widthOf(stderr), getOutHasColors: () => colorOf(stdout, surroundings.environment), getErrHasColors: () => colorOf(stderr, surroundings.environment) })
    .showSuggestionAfterError()
    .addHelpText("after", `\nA model is a file named system.ts. Without a path, a command takes the one of this folder.\n\nBegin here:\n  archwright dev           run the model of this folder\n  archwright help <name>   what a command does, with examples`);
  parser.command("help [name]", { hidden: true }).action((name?: string) => (parser.commands.find((command) => command.name() === name) ?? parser).help());
  for (const command of commands) addCommand(parser, command, surroundings, end);
  return parser;
}

function addCommand(parser: Parser, command: Command, surroundings: Surroundings, end: (status: ExitStatus) => void): void {
  const examples = command.examples.map(([line, meaning]) => `  ${line.padEnd(44)} ${meaning}`).join("\n");
  const sub = parser
    .command(`${command.name} [path]`)
    .summary(command.summary)
    .description(wrap(command.description, Math.min(100, widthOf(surroundings.stdout))).join("\n"))
    .exitOverride()
    .copyInheritedSettings(parser)
    .addHelpText("after", `\nExamples:\n${examples}\n\nExit status: 0 fine, 1 findings of severity error, 2 the call itself was wrong.`)
    .action(async (path: string | undefined, options: Options) => end(await command.run(path ?? surroundings.folder, options, surroundings)));
  for (const { flags, description, standard } of command.options) sub.option(flags, description, standard);
}

function explain(error: unknown, { stderr, environment }: Surroundings): string {
  const paint = paintFor(colorOf(stderr, environment));
  const width = Math.max(40, widthOf(stderr) - 6);
  const words = wordsOf(error);
  const line = (label: string, text: string, color: (text: string) => string): string => wrap(text, width).map((part, index) => `  ${index === 0 ? color(label) : "   "} ${part}`).join("\n");
  return `${paint.error("error")}  ${paint.strong(words.what)}\n${line("why", words.why, paint.faint)}\n${line("fix", words.fix, paint.good)}\n`;
}

interface Words {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

function wordsOf(error: unknown): Words {
  const what = error instanceof Error ? error.message : String(error);
  const has = (key: "why" | "fix"): string | undefined => (typeof error === "object" && error !== null && key in error ? String((error as Record<string, unknown>)[key]) : undefined); // Read as text, whatever it is.
  return {
    what,
    why: has("why") ?? "This is no mistake of the model that Archwright knows how to explain.",
    fix: has("fix") ?? "Look at the message above; if it makes no sense to you, report it with the model that brings it about.",
  };
}
