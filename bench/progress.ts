/** Says on standard error what is being measured: one line that is rewritten on a terminal, one plain line a subject elsewhere. */
export interface Progress {
  subject(text: string): void;
  run(done: number, total: number): void;
  end(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function startProgress(stream: Stream): Progress {
  if (stream.isTTY !== true) return { subject: (text) => void stream.write(`${text}\n`), run: () => undefined, end: () => undefined };
  let current = "";
  const draw = (text: string): void => void stream.write(`\r\u001B[2K${text}`);
  return {
    subject(text) {
      current = text;
      draw(text);
    },
    run: (done, total) => draw(`${"█".repeat(done)}${"░".repeat(Math.max(0, total - done))} ${current}`),
    end: () => draw(""),
  };
}
