import { pino, type Logger } from "pino";
import { batched } from "./batched.ts";
import { errorFacts } from "./error-facts.ts";
import { readableLine } from "./readable-line.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

export interface LoggerOptions {
  readonly level: LogLevel;
  /** `json` for machines, `line` for a person at a terminal. */
  readonly format: "json" | "line";
  /** Where the text goes: one call may carry many lines. */
  readonly write: (text: string) => void;
  readonly now: () => Date;
}

/**
 * The log of a process: one line per fact, with the time, the level and the facts. Lines are written in batches, once per turn of the
 * event loop, and at once where something is wrong; call `flush` before the process ends.
 *
 * @example
 * const logger = createLogger({ level: "info", format: "json", write: (text) => process.stdout.write(text), now: () => new Date() });
 * logger.info({ port: 3000 }, "listening");
 */
export function createLogger({ level, format, write, now }: LoggerOptions): Logger {
  const readable = (text: string): void => write(text.split("\n").filter(Boolean).map(readableLine).join(""));
  return pino(
    {
      level,
      base: null,
      messageKey: "message",
      timestamp: () => `,"time":"${now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFacts },
      redact: { paths: [...confidential], censor: "[not logged]" },
    },
    batched(format === "json" ? write : readable),
  );
}

// Nobody logs these on purpose. It costs nothing to make sure.
const confidential = ["authorization", "password", "accessToken", "refreshToken", "token", "headers.authorization", "headers.cookie"];
