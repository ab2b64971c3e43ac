import { expect, test } from "vitest";
import { BulkheadGate } from "./bulkhead-gate.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** A gate with one place and room for two to wait for 50 ms; its timers ring `earlyMs` too soon. */
function createGate({ earlyMs = 0 } = {}) {
  const clock = new VirtualClock(async () => new Promise((resolve) => setImmediate(resolve)));
  const sleep = async (ms: number, signal?: AbortSignal) => clock.sleep(ms - earlyMs, signal);
  const gate = new BulkheadGate({ inFlightMax: 1, waitersMax: 2, waitMs: 50 }, { now: clock.now, random: () => 0, sleep });
  /** When the wait for a place ended, and how. */
  const enter = async (patienceMs = 1_000, signal?: AbortSignal) => {
    const place = await gate.enter(patienceMs, signal);
    return { place, atMs: clock.now() };
  };
  return { clock, gate, enter };
}

test("a waiter gets the place that another gives back", async () => {
  const { clock, gate, enter } = createGate();
  await enter();
  const waiter = enter();
  await clock.advance(30);
  gate.leave(1);
  expect(await waiter).toEqual({ place: 2, atMs: 30 });
});

test("a wait ends when its time is up", async () => {
  const { clock, enter } = createGate();
  await enter();
  const [waiter, hurried] = [enter(), enter(20)];
  await clock.advance(1_000);
  expect([await hurried, await waiter]).toEqual([
    { place: undefined, atMs: 20 },
    { place: undefined, atMs: 50 },
  ]);
});

test("a wait ends also when the timer rings a little too soon", async () => {
  const { clock, gate, enter } = createGate({ earlyMs: 0.5 });
  await enter();
  const waiter = enter();
  await clock.advance(50);
  expect(gate.waiting).toBe(0);
  expect(await waiter).toEqual({ place: undefined, atMs: 49.5 });
});

test("a waiter whose caller gives up leaves the queue, and the place goes to the next", async () => {
  const { gate, enter } = createGate();
  await enter();
  const caller = new AbortController();
  const [waiter, next] = [enter(1_000, caller.signal), enter()];
  caller.abort();
  gate.leave(1);
  expect(await waiter).toMatchObject({ place: undefined });
  expect(await next).toMatchObject({ place: 3 });
});

test("a wait that has ended leaves no timer behind", async () => {
  const { clock, gate, enter } = createGate();
  await enter();
  const waiter = enter();
  gate.leave(1);
  await waiter;
  expect(clock.sleeping).toBe(0);
});
