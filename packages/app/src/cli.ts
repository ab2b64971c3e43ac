import { runCommandLine } from "./command-line.ts";

// A reader that has seen enough, as in `archwright model --json | head`, is no failure of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error) => {
    if (!("code" in error && (error.code === "EPIPE" || error.code === "EIO"))) throw error;
  });

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  folder: process.cwd(),
  untilInterrupted,
});

/** One Ctrl-C may arrive twice, from the terminal and from npm: the second is not a new wish. SIGHUP is the terminal being closed. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
