import { Bulkhead, type BulkheadOptions, type WaitAnswer } from "@archwright/resilience";

/** Few at a time: those who come while all places are taken wait in line, for so long. */
export class Turns {
  readonly #bulkhead: Bulkhead;
  readonly #waiting = new Map<number, (entered: boolean) => void>();
  readonly #nowMs: () => number;

  constructor(options: BulkheadOptions, nowMs: () => number = () => performance.now()) {
    this.#bulkhead = new Bulkhead(options);
    this.#nowMs = nowMs;
  }

  /** Runs the work in its turn; without one, when the line is too long or does not move, answers `otherwise`. */
  async take<T>(work: () => Promise<T>, otherwise: () => T): Promise<T> {
    const entry = this.#bulkhead.enter(this.#nowMs());
    this.#tell(entry.answers);
    const entered = entry.kind === "waiting" ? await this.#wait(entry.ticket) : entry.kind === "entered";
    if (!entered) return otherwise();
    try {
      return await work();
    } finally {
      this.#tell(this.#bulkhead.leave(entry.ticket, this.#nowMs()));
    }
  }

  #wait(ticket: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        // A turn that came in the meantime has been told already.
        if (this.#bulkhead.withdraw(ticket)) this.#tell([{ ticket, kind: "expired" }]);
      }, this.#bulkhead.waitMs);
      this.#waiting.set(ticket, (entered) => {
        clearTimeout(timer);
        resolve(entered);
      });
    });
  }

  #tell(answers: readonly WaitAnswer[]): void {
    for (const { ticket, kind } of answers) {
      this.#waiting.get(ticket)?.(kind === "entered");
      this.#waiting.delete(ticket);
    }
  }
}
