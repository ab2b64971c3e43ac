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

interface Waiting {
  readonly item: number;
  readonly expiresAtMs: number;
  readonly entry: QueueEntry<number>;
}

function ascending(items: readonly number[]): readonly number[] {
  return [...items].sort((left, right) => left - right);
}

const anyStep = fc.record({
  kind: fc.constantFrom("offer", "offer", "offer", "take", "take", "remove"),
  afterMs: fc.constantFrom(0, 0, 1, 5),
  lifetimeMs: fc.constantFrom(0, 2, 4, 9, Number.POSITIVE_INFINITY),
  pick: fc.nat(),
});

test("law: it does what a plain list with the same rules does, and every item leaves exactly once", () => {
  const orders = fc.constantFrom("fifo" as const, "lifo" as const);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), orders, fc.array(anyStep, { maxLength: 80, size: "max" }), (capacity, order, steps) => {
      const queue = new BoundedQueue<number>({ capacity, order });
      let list: Waiting[] = [];
      let nowMs = 0;
      steps.forEach(({ kind, afterMs, lifetimeMs, pick }, item) => {
        nowMs += afterMs;
        const expired = list.filter((waiting) => waiting.expiresAtMs <= nowMs);
        if (kind === "remove") {
          const picked = list[pick % Math.max(1, list.length)];
          expect(picked === undefined || queue.remove(picked.entry)).toBe(true);
          expect(picked !== undefined && queue.remove(picked.entry)).toBe(false);
          list = list.filter((waiting) => waiting !== picked);
          return;
        }
        list = list.filter((waiting) => waiting.expiresAtMs > nowMs);
        if (kind === "take") {
          const { entry, dropped } = queue.take(nowMs);
          const next = order === "fifo" ? list.shift() : list.pop();
          expect(entry?.item).toBe(next?.item);
          expect(ascending(dropped)).toEqual(ascending(expired.map((waiting) => waiting.item)));
          return;
        }
        const { entry, dropped } = queue.offer(item, nowMs, nowMs + lifetimeMs);
        const pushedOut = order === "lifo" && list.length === capacity ? list.splice(0, 1) : [];
        expect(entry === undefined).toBe(list.length === capacity);
        expect(ascending(dropped)).toEqual(ascending([...expired, ...pushedOut].map((waiting) => waiting.item)));
        list.push(...(entry === undefined ? [] : [{ item, expiresAtMs: nowMs + lifetimeMs, entry }]));
        expect(queue.length).toBe(list.length);
      });
    }),
    { numRuns: 200 },
  );
});
