import { setTimeout as sleep } from "node:timers/promises";

export interface HeldWorkOptions<Item> {
  /** Pieces that this process holds at the same time. */
  readonly atOnceMax: number;
  /** Takes so many of what is due, at most, for the length of a lease. */
  claim(count: number): Promise<readonly Item[]>;
  /** Prolongs the leases of what is still under way. */
  renew(items: readonly Item[]): Promise<unknown>;
  readonly renewEveryMs: number;
  /** What is done together. */
  groups(items: readonly Item[]): readonly (readonly Item[])[];
  /** Does it, and sees to what goes wrong. */
  work(group: readonly Item[]): Promise<void>;
}

/**
 * Work that processes share by leases in the database. A lease is short, so that what a dead process held is soon taken over, and is
 * renewed while the work goes on. Each piece stands for itself: one that takes long keeps its own place and no other.
 */
export class HeldWork<Item> {
  readonly #options: HeldWorkOptions<Item>;
  readonly #underWay = new Map<Promise<void>, readonly Item[]>();
  #renewing: NodeJS.Timeout | undefined;

  constructor(options: HeldWorkOptions<Item>) {
    this.#options = options;
  }

  /** Takes what is due, and waits a moment for it. Answers whether there may be more at once. */
  async turn(): Promise<boolean> {
    const free = this.#options.atOnceMax - this.#held().length;
    if (free <= 0) {
      await Promise.race([...this.#underWay.keys(), rest(fullMs)]);
      return true;
    }
    const items = await this.#options.claim(free);
    this.#options.groups(items).forEach((group) => this.#start(group));
    if (items.length === 0) return false;
    await Promise.race([this.#allDone(), rest(patienceMs)]);
    return true;
  }

  /** Waits for what is under way. What is not done after the grace is due again, for others, when its lease is over. */
  async close(graceMs = 10_000): Promise<void> {
    await Promise.race([this.#allDone(), rest(graceMs)]);
    clearInterval(this.#renewing);
  }

  #start(group: readonly Item[]): void {
    const { renew, renewEveryMs, work } = this.#options;
    const done = work(group).finally(() => {
      this.#underWay.delete(done);
      if (this.#underWay.size > 0) return;
      clearInterval(this.#renewing);
      this.#renewing = undefined;
    });
    this.#underWay.set(done, group);
    // A renewal that does not get through is followed by another, or by somebody else who takes over.
    this.#renewing ??= setInterval(() => void renew(this.#held()).catch(() => undefined), renewEveryMs).unref();
  }

  #held(): readonly Item[] {
    return [...this.#underWay.values()].flat();
  }

  async #allDone(): Promise<void> {
    await Promise.all(this.#underWay.keys());
  }
}

/** Longer than most work takes, so that the next look finds all places free. */
const patienceMs = 250;
const fullMs = 1_000;
const rest = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

/** @throws Error when the work is not done in time. Nothing can stop it then; what it still does must be fenced by its lease. */
export async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const expiry = new AbortController();
  const expired = sleep(limitMs, undefined, { ref: false, signal: expiry.signal }).then(() => {
    throw new Error(`It was not done after ${limitMs / 1_000} s.`);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    expired.catch(() => undefined);
    work.catch(() => undefined);
    expiry.abort();
  }
}
