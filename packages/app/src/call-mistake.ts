import { nearest } from "@archwright/model";
import type { CommanderError } from "commander";
import { UsageError, type Command } from "./command.ts";
import { commands } from "./commands.ts";

/** What was wrong with a call that the parser refused, in our words. */
export function callMistake(error: CommanderError, words: readonly string[]): UsageError {
  const command = commands.find(({ name }) => words.includes(name));
  const said = command === undefined ? "archwright" : `archwright ${command.name}`;
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const help = command === undefined ? "archwright help" : `archwright help ${command.name}`;
  switch (error.code) {
    case "commander.unknownCommand":
      return unknownCommand(named);
    case "commander.unknownOption":
      return unknownOption(named, said, command, help);
    case "commander.optionMissingArgument":
      return new UsageError({
        what: `${named.split(/[ ,]+/).find((part) => part.startsWith("--")) ?? named} came without its value.`,
        why: `It is ${named}.`,
        fix: `Write a value behind it, as \`${help}\` shows.`,
      });
    case "commander.excessArguments":
      return new UsageError({
        what: `${said} takes one path, and got more.`,
        why: "A command works on one model.",
        fix: "Name one file or folder, and put a path with spaces in quotes.",
      });
    default:
      return new UsageError({ what: error.message, why: `${said} cannot be called like that.`, fix: `See \`${help}\`.` });
  }
}

/** Also for `archwright help <name>`. */
export function unknownCommand(name: string): UsageError {
  const names = commands.map((command) => command.name);
  const meant = nearest(name, names);
  return new UsageError({
    what: `There is no command "${name}".`,
    why: `The commands are ${names.join(", ")}.`,
    fix: meant === undefined ? "Call one of them." : `Did you mean \`archwright ${meant}\`?`,
  });
}

function unknownOption(name: string, said: string, command: Command | undefined, help: string): UsageError {
  const known = command === undefined ? ["--version", "--help"] : [...command.options.map(longName), "--help"];
  const meant = nearest(name, known);
  return new UsageError({
    what: `${said} has no option ${name}.`,
    why: `It has ${known.join(", ")}.`,
    fix: meant === undefined ? `Leave it out, or see \`${help}\`.` : `Did you mean ${meant}?`,
  });
}

const longName = ({ flags }: Command["options"][number]): string => /--[\w-]+/.exec(flags)?.[0] ?? flags;
