import { type HeapNode, IndexedHeap, outsideHeap } from "./indexed-heap.ts";
import { assertInRange, laterOf } from "./range.ts";

export interface BoundedQueueOptions {
  /** Entries that may wait: 0 to 10,000,000. A server should keep it at or below capacity × client timeout. */
  readonly capacity: number;
  /** Who is served first. Under overload `lifo` serves those who still wait for the answer. Default `fifo`. */
  readonly order?: "fifo" | "lifo";
}

/** Holds the place of an item in its queue. */
export interface QueueEntry<Item> {
  readonly item: Item;
}

export interface Offered<Item> {
  /** Undefined if the queue was full and refused the item. */
  readonly entry: QueueEntry<Item> | undefined;
  /** Items that left without being served, to be answered by the caller: the expired, and in a full `lifo` queue the oldest. */
  readonly dropped: readonly Item[];
}

export interface Taken<Item> {
  /** Undefined if nothing waits. */
  readonly entry: QueueEntry<Item> | undefined;
  readonly dropped: readonly Item[];
}

interface Link<Item> extends HeapNode, QueueEntry<Item> {
  older: Link<Item> | undefined;
  newer: Link<Item> | undefined;
  waiting: boolean;
}

const nothing: readonly never[] = [];

/**
 * A queue that is bounded in length and in time: it never holds more than `capacity` items, and never serves one that has expired.
 * A full `fifo` queue refuses the newcomer; a full `lifo` queue drops its oldest item, which would have been served last.
 * Every operation takes constant time, or logarithmic time for items that expire.
 *
 * @example
 * const queue = new BoundedQueue<string>({ capacity: 1 });
 * queue.offer("first", 0, 500);
 * queue.offer("second", 0).entry; // undefined: the queue is full
 * queue.take(600); // { entry: undefined, dropped: ["first"] }: it has expired
 *
 * @throws RangeError if the capacity is out of its range.
 */
export class BoundedQueue<Item> {
  readonly #capacity: number;
  readonly #lifo: boolean;
  readonly #expiries = new IndexedHeap<Link<Item>>();
  #oldest: Link<Item> | undefined;
  #newest: Link<Item> | undefined;
  #length = 0;
  #nowMs = 0;

  constructor({ capacity, order = "fifo" }: BoundedQueueOptions) {
    assertInRange("capacity", capacity, { min: 0, max: 10_000_000, whole: true });
    this.#capacity = capacity;
    this.#lifo = order === "lifo";
  }

  /** Items held, among them those that have expired since the last call. */
  get length(): number {
    return this.#length;
  }

  /** Adds an item that is worth serving before `expiresAtMs`. Default: for ever. */
  offer(item: Item, nowMs: number, expiresAtMs = Number.POSITIVE_INFINITY): Offered<Item> {
    assertInRange("expiresAtMs", expiresAtMs, { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY });
    const expired = this.expire(nowMs);
    if (this.#capacity === 0 || (this.#length >= this.#capacity && !this.#lifo)) {
      return { entry: undefined, dropped: expired };
    }
    const oldest = this.#length >= this.#capacity ? this.#oldest : undefined;
    if (oldest !== undefined) {
      this.#unlink(oldest);
    }
    const entry = this.#append(item, expiresAtMs);
    return { entry, dropped: oldest === undefined ? expired : [...expired, oldest.item] };
  }

  /** Takes the next item that has not expired. */
  take(nowMs: number): Taken<Item> {
    const dropped = this.expire(nowMs);
    const entry = this.#lifo ? this.#newest : this.#oldest;
    if (entry !== undefined) {
      this.#unlink(entry);
    }
    return { entry, dropped };
  }

  /** Takes out an entry whose owner gave up. `false` means that it had left already. */
  remove(entry: QueueEntry<Item>): boolean {
    // Entries are made by `#append` alone, so each is a link.
    const link = entry as Link<Item>;
    if (!link.waiting) {
      return false;
    }
    this.#unlink(link);
    return true;
  }

  /** Drops everything that has expired, soonest first. An item expires at its instant, not after it. */
  expire(nowMs: number): readonly Item[] {
    this.#nowMs = laterOf(this.#nowMs, nowMs);
    let soonest = this.#expiries.top;
    if (soonest === undefined || soonest.rank > this.#nowMs) {
      return nothing;
    }
    const expired: Item[] = [];
    while (soonest !== undefined && soonest.rank <= this.#nowMs) {
      this.#unlink(soonest);
      expired.push(soonest.item);
      soonest = this.#expiries.top;
    }
    return expired;
  }

  #append(item: Item, expiresAtMs: number): Link<Item> {
    const link: Link<Item> = { item, rank: expiresAtMs, ...outsideHeap, older: this.#newest, newer: undefined, waiting: true };
    if (this.#newest === undefined) {
      this.#oldest = link;
    } else {
      this.#newest.newer = link;
    }
    this.#newest = link;
    this.#length += 1;
    if (expiresAtMs < Number.POSITIVE_INFINITY) {
      this.#expiries.push(link);
    }
    return link;
  }

  #unlink(link: Link<Item>): void {
    if (link.older === undefined) {
      this.#oldest = link.newer;
    } else {
      link.older.newer = link.newer;
    }
    if (link.newer === undefined) {
      this.#newest = link.older;
    } else {
      link.newer.older = link.older;
    }
    if (link.place !== -1) {
      this.#expiries.remove(link);
    }
    link.older = undefined;
    link.newer = undefined;
    link.waiting = false;
    this.#length -= 1;
  }
}
