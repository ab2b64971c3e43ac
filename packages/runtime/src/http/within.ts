import type { Log } from "../observability/log.ts";
import { problem } from "./problems.ts";

/** The answer, or a problem when it takes too long. Nothing can stop the work then; how it ended is for the log. */
export async function within<T>(timeoutMs: number, answering: Promise<T>, log: Log): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      answering.then(
        () => log.warn({ timeoutMs }, "a handler finished after its caller was told that it took too long"),
        (error: unknown) => log.warn({ timeoutMs, err: error }, "a handler failed after its caller was told that it took too long"),
      );
      reject(problem("timeout", { detail: "The operation is still running, and may yet succeed." }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([answering, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
