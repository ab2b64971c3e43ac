import type { Signal } from "./abort.ts";
import { type HeapNode, IndexedHeap, outsideHeap } from "./indexed-heap.ts";
import { assertInRange, waitRange } from "./range.ts";

interface Sleeper extends HeapNode {
  readonly wake: () => void;
}

/**
 * A clock that stands still until it is told to advance, with a `sleep` that follows it: time for simulations and tests of code that waits.
 *
 * @param settle Lets everything run that is ready to run, so that it can go to sleep again: on Node `() => new Promise(setImmediate)`.
 *
 * @example
 * const clock = new VirtualClock(() => new Promise((resolve) => setImmediate(resolve)));
 * const woken = clock.sleep(60_000).then(() => clock.now());
 * await clock.advance(90_000);
 * await woken; // 60000, a moment later
 */
export class VirtualClock {
  readonly #settle: () => Promise<void>;
  readonly #sleepers = new IndexedHeap<Sleeper>();
  #nowMs = 0;

  constructor(settle: () => Promise<void>) {
    this.#settle = settle;
  }

  readonly now = (): number => this.#nowMs;

  readonly sleep = async (ms: number, signal?: Signal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const cutShort = () => {
        this.#sleepers.remove(sleeper);
        resolve();
      };
      const wake = () => {
        signal?.removeEventListener("abort", cutShort);
        resolve();
      };
      const sleeper: Sleeper = { rank: this.#nowMs + ms, ...outsideHeap, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", cutShort);
    });

  /** How many sleeps have not ended yet. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  /** Moves on by `ms`, waking everybody whose time comes on the way at exactly that time, first come first woken: 0 to 86,400,000. */
  async advance(ms: number): Promise<void> {
    assertInRange("ms", ms, waitRange);
    const untilMs = this.#nowMs + ms;
    await this.#settle();
    for (let next = this.#sleepers.top; next !== undefined && next.rank <= untilMs; next = this.#sleepers.top) {
      this.#nowMs = Math.max(this.#nowMs, next.rank);
      this.#sleepers.remove(next);
      next.wake();
      await this.#settle();
    }
    this.#nowMs = untilMs;
  }
}
