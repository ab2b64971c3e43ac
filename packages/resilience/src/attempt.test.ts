import { describe, expect, test } from "vitest";
import { type Attempt, startAttempt } from "./attempt.ts";
import { AttemptTimeout } from "./call-failure.ts";
import { VirtualClock } from "./virtual-clock.ts";

function start<Answer>(attempt: Attempt<Answer>, callerSignal?: AbortSignal) {
  const clock = new VirtualClock(async () => new Promise((resolve) => setImmediate(resolve)));
  const run = startAttempt(attempt, { attemptNumber: 3, timeoutMs: 100, sleep: clock.sleep, callerSignal });
  return { clock, run };
}

/** Waits for ever, but minds its signal, as fetch does. */
const hangs: Attempt<never> = async (signal) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });

test("an answer is the result, and the attempt knows its number", async () => {
  const { run } = start(async (_, attemptNumber) => attemptNumber);
  expect(await run.result).toEqual({ kind: "answered", answer: 3 });
});

test("what an attempt throws is the result, also if it throws before it waits", async () => {
  const error = new Error("the callee broke");
  const { run } = start(() => {
    throw error;
  });
  expect(await run.result).toEqual({ kind: "threw", error });
});

describe("an attempt that takes too long", () => {
  test("is cancelled through its signal", async () => {
    const { clock, run } = start(hangs);
    await clock.advance(100);
    const error = expect.any(AttemptTimeout);
    expect(await run.result).toEqual({ kind: "timed out", error });
    expect(await run.over).toEqual({ kind: "threw", error });
  });

  test("is not cancelled a moment sooner", async () => {
    let cancelled = false;
    const { clock, run } = start(async (signal) => {
      signal.addEventListener("abort", () => (cancelled = true));
      return hangs(signal, 1);
    });
    await clock.advance(99);
    expect(cancelled).toBe(false);
    await clock.advance(1);
    expect(cancelled).toBe(true);
    await run.over;
  });

  test("is named as the standard names a timeout", async () => {
    const { clock, run } = start(hangs);
    await clock.advance(100);
    expect(await run.result).toMatchObject({
      error: { name: "TimeoutError", message: "The attempt was cancelled, for it had not answered after 100 ms." },
    });
  });
});

describe("a caller that gives up", () => {
  test("cancels the attempt with its own reason", async () => {
    const caller = new AbortController();
    const { run } = start(hangs, caller.signal);
    caller.abort("gone");
    expect(await run.result).toEqual({ kind: "given up", error: "gone" });
    expect(await run.over).toEqual({ kind: "threw", error: "gone" });
  });

  test("beforehand cancels the attempt at once", async () => {
    const { run } = start(hangs, AbortSignal.abort("gone"));
    expect(await run.result).toEqual({ kind: "given up", error: "gone" });
  });
});

test("an attempt that has ended leaves no timer and no listener behind", async () => {
  let listeners = 0;
  const signal = new Proxy(new AbortController().signal, {
    get(target, key) {
      listeners += key === "addEventListener" ? 1 : 0;
      listeners -= key === "removeEventListener" ? 1 : 0;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  let listenersMeanwhile = 0;
  const { clock, run } = start(async () => {
    await Promise.resolve();
    listenersMeanwhile = listeners;
  }, signal);
  await run.result;
  expect([listenersMeanwhile, listeners, clock.sleeping]).toEqual([1, 0, 0]);
});
