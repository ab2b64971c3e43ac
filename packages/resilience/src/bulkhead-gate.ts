import { createAborter, type Signal } from "./abort.ts";
import { interruptibleSleep } from "./attempt.ts";
import { Bulkhead, type BulkheadOptions, type WaitAnswer } from "./bulkhead.ts";
import type { Surroundings } from "./clock.ts";

type Wait = WaitAnswer["kind"] | "withdrawn";

/** Lets code await its place in a bulkhead. */
export class BulkheadGate {
  readonly #bulkhead: Bulkhead;
  readonly #surroundings: Surroundings;
  readonly #waits = new Map<number, (wait: Wait) => void>();

  constructor(options: BulkheadOptions, surroundings: Surroundings) {
    this.#bulkhead = new Bulkhead(options);
    this.#surroundings = surroundings;
  }

  /** A place, to be given back by `leave`; undefined if there was none within `patienceMs`, or if the caller gave up. */
  async enter(patienceMs: number, callerSignal: Signal | undefined): Promise<number | undefined> {
    const entry = this.#bulkhead.enter(this.#surroundings.now(), patienceMs);
    this.#tell(entry.answers);
    if (entry.kind !== "waiting") {
      return entry.kind === "entered" ? entry.ticket : undefined;
    }
    const waitMs = entry.expiresAtMs - this.#surroundings.now();
    const wait = await this.#wait(entry.ticket, waitMs, callerSignal);
    return wait === "entered" ? entry.ticket : undefined;
  }

  leave(ticket: number): void {
    this.#tell(this.#bulkhead.leave(ticket, this.#surroundings.now()));
  }

  get waitMs(): number {
    return this.#bulkhead.waitMs;
  }

  get inFlight(): number {
    return this.#bulkhead.inFlight;
  }

  get waiting(): number {
    return this.#bulkhead.waiting;
  }

  async #wait(ticket: number, waitMs: number, callerSignal: Signal | undefined): Promise<Wait> {
    const alarm = createAborter();
    const answered = new Promise<Wait>((resolve) => this.#waits.set(ticket, resolve));
    // The alarm withdraws instead of asking the bulkhead what has expired: a real timer may ring a fraction of a millisecond too soon.
    const withdraw = () => {
      if (this.#bulkhead.withdraw(ticket)) {
        this.#waits.get(ticket)?.("withdrawn");
      }
    };
    callerSignal?.addEventListener("abort", withdraw);
    const rung = interruptibleSleep(this.#surroundings.sleep, waitMs, alarm.signal).then(withdraw);
    const wait = await Promise.race([answered, rung.then(async () => answered)]);
    this.#waits.delete(ticket);
    callerSignal?.removeEventListener("abort", withdraw);
    alarm.abort();
    return wait;
  }

  #tell(answers: readonly WaitAnswer[]): void {
    for (const { ticket, kind } of answers) {
      this.#waits.get(ticket)?.(kind);
    }
  }
}
