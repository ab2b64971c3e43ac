import type { ExitStatus, Options, Surroundings } from "../command.ts";
import { compileOrThrow, type Compiled } from "../compile.ts";
import { colorOf } from "../terminal/output.ts";
import { startProgress, type Progress } from "../terminal/progress.ts";
import { settingsOf } from "./settings.ts";

/** `archwright dev`: everything that a backend needs on this machine, until somebody ends it. */
export async function develop(path: string, options: Options, surroundings: Surroundings): Promise<ExitStatus> {
  const { stdout, stderr, environment } = surroundings;
  const settings = settingsOf(options, environment);
  const progress = startProgress({ stream: stderr, color: colorOf(stderr, environment) });
  let isInterrupted = false;
  const interrupted = surroundings.untilInterrupted().then(() => {
    isInterrupted = true;
    progress.failed();
    stdout.write("\nStopping.\n");
  });
  try {
    // The model is read in a process of its own, and meanwhile this one loads what will serve it.
    const [compiled, { Development }] = await Promise.all([readModel(path, surroundings, progress), import("./development.ts")]);
    const isOver = (): boolean => isInterrupted;
    await new Development(compiled, { path, options, settings, surroundings, progress, interrupted, isInterrupted: isOver }).run();
    return 0;
  } catch (error) {
    // Ctrl-C reaches the programs that we wait for too, and what they say then is no failure.
    if (isInterrupted) return 0;
    progress.failed();
    throw error;
  }
}

/** What the model files print is shown when the step is over: it would tear the line that shows the step. */
async function readModel(path: string, { stderr }: Surroundings, progress: Progress): Promise<Compiled> {
  let printed = "";
  progress.step("Reading the model");
  try {
    return await compileOrThrow(path, { stderr: { write: (text) => (printed += text) } });
  } finally {
    if (printed !== "") {
      progress.done();
      stderr.write(printed);
    }
  }
}
