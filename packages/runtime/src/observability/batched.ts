import type { DestinationStream } from "pino";

export interface Batched extends DestinationStream {
  flush(done?: () => void): void;
}

/** Collects lines for one turn of the event loop: a write of its own for each request costs more than the request's other logging. */
export function batched(write: (text: string) => void): Batched {
  let waiting = "";
  const flush = (done?: () => void): void => {
    const text = waiting;
    waiting = "";
    if (text !== "") write(text);
    done?.();
  };
  return {
    write(line) {
      const first = waiting === "";
      waiting += line;
      // The process may not live to see another turn.
      if (urgent.test(line)) flush();
      else if (first) setImmediate(flush);
    },
    flush,
  };
}

// The level is the first thing in a line.
const urgent = /^\{"level":"(error|fatal)"/;
