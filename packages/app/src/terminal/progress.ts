import { paintFor } from "./paint.ts";
import { cut } from "./width.ts";

export interface ProgressOptions {
  readonly stream: ProgressStream;
  /** True with `--json`: standard output is one document and the steps are nobody's business. */
  readonly silent?: boolean;
  readonly color?: boolean;
}

export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Progress {
  /** Ends the step before, if there is one, and begins the next. */
  step(text: string): void;
  /** How far the step is: drawn as a bar on a terminal, left out elsewhere. */
  update(done: number, total: number): void;
  /** Ends the last step. */
  done(): void;
  /** Ends the last step as one that did not come through. */
  failed(): void;
}

/** Says what takes long: one line that is rewritten on a terminal, one plain line a step elsewhere. */
export function startProgress(options: ProgressOptions): Progress {
  if (options.silent) return silent;
  return options.stream.isTTY === true ? onTerminal(options) : onPlainStream(options.stream);
}

const nothing = (): void => {};
const silent: Progress = { step: nothing, update: nothing, done: nothing, failed: nothing };

function onPlainStream(stream: ProgressStream): Progress {
  return { ...silent, step: (text) => void stream.write(`${text}\n`) };
}

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const spinnerIntervalMs = 80;
const barWidth = 20;
const clearLine = "\r\u001B[2K";

function onTerminal({ stream, color = true }: ProgressOptions): Progress {
  const paint = paintFor(color);
  let current: { readonly text: string; bar: string } | undefined;
  let turn = 0;
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => {
    if (!current) return;
    const symbol = spinner[turn % spinner.length] ?? "";
    stream.write(`${clearLine}${paint.info(symbol)} ${cut(`${current.bar}${current.text}`, (stream.columns ?? 80) - 3)}`);
  };
  const end = (symbol: string): void => {
    clearInterval(timer);
    timer = undefined;
    if (current) stream.write(`${clearLine}${symbol} ${current.text}\n`);
    current = undefined;
  };

  return {
    step: (text) => {
      end(paint.good("✓"));
      current = { text, bar: "" };
      draw();
      timer = setInterval(() => {
        turn += 1;
        draw();
      }, spinnerIntervalMs);
      // A spinner must not keep the program alive.
      timer.unref();
    },
    update: (done, total) => {
      if (!current) return;
      const filled = total > 0 ? Math.round((Math.min(done, total) / total) * barWidth) : 0;
      current.bar = `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${done}/${total} `;
      draw();
    },
    done: () => end(paint.good("✓")),
    failed: () => end(paint.error("✗")),
  };
}
