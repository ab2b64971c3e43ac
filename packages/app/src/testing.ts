import type { ExitStatus, Surroundings } from "./command.ts";
import { runCommandLine } from "./command-line.ts";

export interface Captured extends Surroundings {
  /** What was written so far. */
  readonly said: { stdout: string; stderr: string };
  /** Ends a command that runs until somebody wants it to. */
  interrupt(): void;
}

/** Surroundings that keep what is written: no terminal, 100 columns, nothing set. */
export function captured(given: Partial<Pick<Surroundings, "environment" | "folder">> = {}): Captured {
  const said = { stdout: "", stderr: "" };
  let interrupt = (): void => undefined;
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
  return {
    said,
    interrupt: () => interrupt(),
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    environment: given.environment ?? {},
    folder: given.folder ?? process.cwd(),
    untilInterrupted: () => interrupted,
  };
}

export interface Ended {
  readonly status: ExitStatus;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `archwright` to its end. The folder that it is called in is left out of what it says. */
export async function run(words: readonly string[], given: Parameters<typeof captured>[0] = {}): Promise<Ended> {
  const surroundings = captured(given);
  const status = await runCommandLine(words, surroundings);
  const { stdout, stderr } = surroundings.said;
  const shown = (text: string): string => text.replaceAll(`${surroundings.folder}/`, "").replaceAll(surroundings.folder, ".");
  return { status, stdout: shown(stdout), stderr: shown(stderr) };
}
