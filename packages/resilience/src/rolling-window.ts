import { laterOf } from "./range.ts";

export interface WindowCounts {
  readonly calls: number;
  readonly failures: number;
}

const bucketCount = 10;

/**
 * Counts calls and failures over the last `windowMs` in ten buckets, so its memory does not grow with the load. What it counts is
 * between nine and ten tenths of the window old at most.
 */
export class RollingWindow {
  readonly #bucketMs: number;
  readonly #calls: number[] = Array.from({ length: bucketCount }, () => 0);
  readonly #failures: number[] = Array.from({ length: bucketCount }, () => 0);
  #newestBucket = 0;
  #nowMs = 0;

  constructor(windowMs: number) {
    this.#bucketMs = windowMs / bucketCount;
  }

  record(failed: boolean, nowMs: number): void {
    this.#advance(nowMs);
    const slot = this.#newestBucket % bucketCount;
    this.#calls[slot] = (this.#calls[slot] ?? 0) + 1;
    this.#failures[slot] = (this.#failures[slot] ?? 0) + (failed ? 1 : 0);
  }

  counts(nowMs: number): WindowCounts {
    this.#advance(nowMs);
    return { calls: sum(this.#calls), failures: sum(this.#failures) };
  }

  clear(): void {
    this.#calls.fill(0);
    this.#failures.fill(0);
  }

  #advance(nowMs: number): void {
    this.#nowMs = laterOf(this.#nowMs, nowMs);
    const bucket = Math.floor(this.#nowMs / this.#bucketMs);
    const passed = Math.min(bucket - this.#newestBucket, bucketCount);
    for (let step = 0; step < passed; step += 1) {
      const slot = (bucket - step) % bucketCount;
      this.#calls[slot] = 0;
      this.#failures[slot] = 0;
    }
    this.#newestBucket = bucket;
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
