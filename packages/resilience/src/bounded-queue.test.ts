import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BoundedQueue, type QueueEntry } from "./bounded-queue.ts";

describe("a first-in-first-out queue", () => {
  test("serves the oldest first", () => {
    const queue = new BoundedQueue<string>({ capacity: 2 });
    queue.offer("first", 0);
    queue.offer("second", 0);
    expect(queue.take(0).entry?.item).toBe("first");
  });

  test("refuses the newcomer when it is full", () => {
    const queue = new BoundedQueue<string>({ capacity: 1 });
    queue.offer("first", 0);
    expect(queue.offer("second", 0)).toEqual({ entry: undefined, dropped: [] });
  });

  test("makes room by dropping the expired", () => {
    const queue = new BoundedQueue<string>({ capacity: 1 });
    queue.offer("first", 0, 10);
    expect(queue.offer("second", 10)).toMatchObject({ entry: { item: "second" }, dropped: ["first"] });
  });
});

describe("a last-in-first-out queue", () => {
  test("serves the newest first", () => {
    const queue = new BoundedQueue<string>({ capacity: 2, order: "lifo" });
    queue.offer("first", 0);
    queue.offer("second", 0);
    expect(queue.take(0).entry?.item).toBe("second");
  });

  test("drops the oldest when it is full", () => {
    const queue = new BoundedQueue<string>({ capacity: 1, order: "lifo" });
    queue.offer("first", 0);
    expect(queue.offer("second", 0)).toMatchObject({ entry: { item: "second" }, dropped: ["first"] });
  });
});

test("an item expires at its instant", () => {
  const queue = new BoundedQueue<string>({ capacity: 1 });
  queue.offer("late", 0, 10);
  expect(queue.expire(9)).toEqual([]);
  expect(queue.take(10)).toEqual({ entry: undefined, dropped: ["late"] });
});

test("a queue without capacity holds nothing", () => {
  const queue = new BoundedQueue<string>({ capacity: 0, order: "lifo" });
  expect(queue.offer("item", 0)).toEqual({ entry: undefined, dropped: [] });
});

test("mistakes are refused with the range", () => {
  expect(() => new BoundedQueue({ capacity: -1 })).toThrow("capacity is -1: it must be a whole number from 0 to 10000000.");
  expect(() => new BoundedQueue({ capacity: 1 }).offer("item", 0, Number.NaN)).toThrow("expiresAtMs is NaN");
});

interface Seen {
  readonly item: number | undefined;
  readonly dropped: readonly number[];
}

/** The rules of the queue, written for clarity. */
class QueueByTheBook {
  readonly #capacity: number;
  readonly #lifo: boolean;
  waiting: { readonly item: number; readonly expiresAtMs: number }[] = [];

  constructor(capacity: number, order: "fifo" | "lifo") {
    this.#capacity = capacity;
    this.#lifo = order === "lifo";
  }

  offer(item: number, nowMs: number, expiresAtMs: number): Seen {
    const dropped = this.#expire(nowMs);
    const full = this.waiting.length === this.#capacity;
    if (full && !this.#lifo) {
      return { item: undefined, dropped };
    }
    dropped.push(...(full ? this.waiting.splice(0, 1) : []).map((oldest) => oldest.item));
    this.waiting.push({ item, expiresAtMs });
    return { item, dropped };
  }

  take(nowMs: number): Seen {
    const dropped = this.#expire(nowMs);
    return { item: (this.#lifo ? this.waiting.pop() : this.waiting.shift())?.item, dropped };
  }

  remove(item: number): boolean {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((waiting) => waiting.item !== item);
    return this.waiting.length < before;
  }

  #expire(nowMs: number): number[] {
    const expired = this.waiting.filter((waiting) => waiting.expiresAtMs <= nowMs);
    this.waiting = this.waiting.filter((waiting) => waiting.expiresAtMs > nowMs);
    return expired.sort((left, right) => left.expiresAtMs - right.expiresAtMs).map((waiting) => waiting.item);
  }
}

const anyStep = fc.record({
  kind: fc.constantFrom<"offer" | "take" | "remove">("offer", "offer", "offer", "take", "take", "remove"),
  afterMs: fc.constantFrom(0, 0, 1, 5),
  lifetimeMs: fc.constantFrom(0, 2, 4, 9, Number.POSITIVE_INFINITY),
  pick: fc.nat(),
});

test("law: it does what its rules say, and every item leaves exactly once", () => {
  const orders = fc.constantFrom("fifo" as const, "lifo" as const);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), orders, fc.array(anyStep, { maxLength: 80, size: "max" }), (capacity, order, steps) => {
      const queue = new BoundedQueue<number>({ capacity, order });
      const book = new QueueByTheBook(capacity, order);
      const entries: QueueEntry<number>[] = [];
      let nowMs = 0;
      steps.forEach(({ kind, afterMs, lifetimeMs, pick }, item) => {
        nowMs += afterMs;
        // Any entry there ever was: most of them have left.
        const picked = entries[pick % Math.max(1, entries.length)];
        const { seen, expected } = {
          offer: () => {
            const { entry, dropped } = queue.offer(item, nowMs, nowMs + lifetimeMs);
            entries.push(...(entry === undefined ? [] : [entry]));
            return { seen: { item: entry?.item, dropped }, expected: book.offer(item, nowMs, nowMs + lifetimeMs) };
          },
          take: () => {
            const { entry, dropped } = queue.take(nowMs);
            return { seen: { item: entry?.item, dropped }, expected: book.take(nowMs) };
          },
          remove: () => ({
            seen: picked !== undefined && queue.remove(picked),
            expected: picked !== undefined && book.remove(picked.item),
          }),
        }[kind]();
        expect(seen).toEqual(expected);
        expect(queue.length).toBe(book.waiting.length);
      });
    }),
    { numRuns: 200 },
  );
});
