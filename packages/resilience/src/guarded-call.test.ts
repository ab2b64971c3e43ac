import { setTimeout as sleepForReal } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Signal } from "./abort.ts";
import { type CallFailure, GuardedCallError } from "./call-failure.ts";
import { type CallRequest, createGuardedCall, type GuardedCall, type GuardedCallOptions } from "./guarded-call.ts";
import { VirtualClock } from "./virtual-clock.ts";

class CalleeError extends Error {}

const retry = { idempotent: true };

interface World {
  readonly clock: VirtualClock;
  readonly guarded: GuardedCall;
}

function world(options: Partial<GuardedCallOptions> = {}): World {
  const clock = new VirtualClock(async () => new Promise((resolve) => setImmediate(resolve)));
  const surroundings = { now: clock.now, sleep: clock.sleep, random: () => 1 };
  const classify = () => ({ retryable: true, calleeAtFault: true });
  const guarded = createGuardedCall({ callee: "stripe", timeoutMs: 100, classify, ...options }, surroundings);
  return { clock, guarded };
}

interface Ending {
  readonly answer?: string;
  readonly failure?: CallFailure;
  readonly atMs: number;
}

/** Makes the call and lets the clock run until it has ended. */
async function ending({ clock, guarded }: World, attempt: Script, request: CallRequest = retry): Promise<Ending> {
  const call = guarded.call(attempt, request).then(
    (answer): Ending => ({ answer, atMs: clock.now() }),
    (error: unknown): Ending => {
      if (!(error instanceof GuardedCallError)) {
        throw error;
      }
      return { failure: error.failure, atMs: clock.now() };
    },
  );
  await clock.advance(3_600_000);
  return call;
}

type Script = (signal: Signal, attemptNumber: number) => Promise<string>;

const answers: Script = async () => "answer";
const throws: Script = async () => {
  throw new CalleeError("the callee broke");
};

/** Waits for ever, but minds its signal, as fetch does. */
const hangs: Script = async (signal) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });

const ignoresItsSignal: Script = async () => new Promise(() => undefined);

function answersAtAttempt(number: number, before: Script): Script {
  return async (signal, attemptNumber) => (attemptNumber >= number ? answers(signal, attemptNumber) : before(signal, attemptNumber));
}

function answersAfter(clock: VirtualClock, ms: number): Script {
  return async (signal) => {
    await clock.sleep(ms, signal);
    return "answer";
  };
}

test("an attempt that answers is the answer", async () => {
  expect(await ending(world(), answers)).toEqual({ answer: "answer", atMs: 0 });
});

describe("a retry", () => {
  test("follows a failure after the backoff", async () => {
    const { answer, atMs } = await ending(world({ backoff: { baseMs: 40 } }), answersAtAttempt(3, throws));
    expect(answer).toBe("answer");
    expect(atMs).toBe(40 + 80);
  });

  test("follows a timeout", async () => {
    const { answer, atMs } = await ending(world({ backoff: { baseMs: 40 } }), answersAtAttempt(2, hangs));
    expect(answer).toBe("answer");
    expect(atMs).toBe(100 + 40);
  });

  test("is not made for a call that is not idempotent", async () => {
    const { failure } = await ending(world(), throws, { idempotent: false });
    expect(failure).toMatchObject({ kind: "failed", attempts: 1 });
  });

  test("is not made for a failure that will not pass", async () => {
    const here = world({ classify: () => ({ retryable: false, calleeAtFault: true }) });
    expect((await ending(here, throws)).failure?.attempts).toBe(1);
  });

  test("is made as often as allowed, and no more", async () => {
    expect((await ending(world({ retriesMax: 3 }), throws)).failure).toMatchObject({ kind: "failed", attempts: 4 });
  });

  test("stops when the budget is empty", async () => {
    const here = world({ retriesMax: 5, retryBudget: { retriesMax: 2 } });
    expect((await ending(here, throws)).failure?.attempts).toBe(3);
    expect((await ending(here, throws)).failure?.attempts).toBe(1);
  });

  test("is paid for by successes", async () => {
    const here = world({ retryBudget: { retriesMax: 1, retriesPerSuccess: 0.5 } });
    await ending(here, throws);
    await ending(here, answers);
    await ending(here, answers);
    expect((await ending(here, throws)).failure?.attempts).toBe(2);
  });

  test("waits as long as the callee asked for", async () => {
    const here = world({ classify: () => ({ retryable: true, calleeAtFault: true, retryAfterMs: 700 }), backoff: { baseMs: 40 } });
    expect(await ending(here, answersAtAttempt(2, throws))).toEqual({ answer: "answer", atMs: 740 });
  });

  test("is not waited for if it cannot be in time, and the caller is told when to come back", async () => {
    const here = world({ classify: () => ({ retryable: true, calleeAtFault: true, retryAfterMs: 700 }) });
    const { failure, atMs } = await ending(here, throws, { ...retry, deadlineMs: 500 });
    expect(failure).toMatchObject({ kind: "failed", attempts: 1, retryAfterMs: 700 });
    expect(atMs).toBe(0);
    expect(here.guarded.state().retriesLeft).toBe(10);
  });
});

describe("a deadline", () => {
  test("cuts the attempt short", async () => {
    expect(await ending(world(), hangs, { ...retry, deadlineMs: 60 })).toMatchObject({
      failure: { kind: "timeout", attempts: 1 },
      atMs: 60,
    });
  });

  test("bounds the call with all its retries", async () => {
    const { failure, atMs } = await ending(world({ retriesMax: 10, backoff: { baseMs: 1 } }), hangs, { ...retry, deadlineMs: 350 });
    expect(failure?.kind).toBe("timeout");
    expect(atMs).toBeLessThanOrEqual(350);
  });

  test("bounds the wait for a place", async () => {
    const here = world({ bulkhead: { inFlightMax: 1, waitMs: 10_000 }, timeoutMs: 1_000, usefulMs: 10 });
    const first = ending(here, hangs);
    const { failure, atMs } = await ending(here, answers, { ...retry, deadlineMs: 50 });
    expect(failure).toMatchObject({ kind: "saturated", attempts: 0 });
    expect(atMs).toBe(40);
    await first;
  });

  test("that leaves no useful time starts no attempt", async () => {
    const { failure } = await ending(world({ timeoutMs: 100, usefulMs: 20 }), answers, { ...retry, deadlineMs: 19 });
    expect(failure).toEqual({ kind: "timeout", attempts: 0, cause: undefined });
  });
});

describe("a breaker", () => {
  const breaker = { callsMin: 2, openMs: 5_000, successesToClose: 1 };

  test("that opened refuses at once, says for how long, and names the last failure if there was one", async () => {
    const here = world({ retriesMax: 5, breaker, backoff: { baseMs: 1 } });
    const opened = await ending(here, throws);
    expect(opened.failure).toMatchObject({ kind: "open", attempts: 2, cause: expect.any(CalleeError) });
  });

  test("that is open is not called at all", async () => {
    const here = world({ retriesMax: 1, breaker });
    const before = here.guarded.call(throws, retry).catch((error: unknown) => error);
    await here.clock.advance(200);
    await before;
    let called = false;
    const refused = await here.guarded
      .call(async () => {
        called = true;
      }, retry)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ failure: { kind: "open", attempts: 0, retryAfterMs: 4_900 } });
    expect(called).toBe(false);
  });

  test("lets a probe through after its time, and closes when the callee answers", async () => {
    const here = world({ retriesMax: 1, breaker });
    await ending(here, throws);
    expect(here.guarded.state().breaker).toBe("half-open");
    expect((await ending(here, answers)).answer).toBe("answer");
    expect(here.guarded.state().breaker).toBe("closed");
  });

  test("counts timeouts as failures", async () => {
    const here = world({ retriesMax: 0, breaker: { callsMin: 1, openMs: 86_400_000 } });
    await ending(here, hangs);
    expect(here.guarded.state().breaker).toBe("open");
  });

  test("does not count refusals that the caller has earned", async () => {
    const here = world({ classify: () => ({ retryable: false, calleeAtFault: false }), breaker: { ...breaker, openMs: 86_400_000 } });
    for (let call = 0; call < 10; call += 1) {
      await ending(here, throws);
    }
    expect(here.guarded.state().breaker).toBe("closed");
  });

  test("survives a classifier that throws, for a probe that is never judged lapses", async () => {
    let broken = false;
    const classify = () => {
      if (broken) {
        throw new TypeError("the classifier broke");
      }
      return { retryable: false, calleeAtFault: true };
    };
    const here = world({ classify, breaker: { ...breaker, probeMs: 1_000 } });
    await ending(here, throws);
    await ending(here, throws);
    broken = true;
    await expect(here.guarded.call(throws, retry)).rejects.toThrow(TypeError);
    await here.clock.advance(6_000);
    expect((await ending(here, answers)).answer).toBe("answer");
  });
});

describe("a bulkhead", () => {
  const bulkhead = { inFlightMax: 1, waitersMax: 1, waitMs: 50 };

  test("refuses at once when nobody more may wait", async () => {
    const here = world({ bulkhead });
    const others = [ending(here, hangs), ending(here, hangs)];
    expect(await ending(here, answers)).toMatchObject({ failure: { kind: "saturated" }, atMs: 0 });
    await Promise.all(others);
  });

  test("gets a place back that came too late to be used", async () => {
    let nowMs = 0;
    const surroundings = { now: () => (nowMs += 20), random: () => 1, sleep: async () => new Promise<void>(() => undefined) };
    const classify = () => ({ retryable: true, calleeAtFault: true });
    const guarded = createGuardedCall({ callee: "stripe", timeoutMs: 100, usefulMs: 50, classify }, surroundings);
    await expect(guarded.call(answers, { ...retry, deadlineMs: 100 })).rejects.toMatchObject({ failure: { kind: "timeout", attempts: 0 } });
    expect(guarded.state().inFlight).toBe(0);
  });

  test("frees the place before the caller has the answer", async () => {
    const { guarded } = world({ bulkhead: { inFlightMax: 1, waitersMax: 0 } });
    for (let call = 0; call < 5; call += 1) {
      expect(await guarded.call(answers, retry)).toBe("answer");
    }
  });

  test("holds no place during a backoff", async () => {
    const here = world({ bulkhead, backoff: { baseMs: 1_000 } });
    const first = ending(here, answersAtAttempt(2, throws));
    expect(await ending(here, answers)).toMatchObject({ answer: "answer", atMs: 0 });
    expect((await first).answer).toBe("answer");
  });

  test("holds the place of an attempt that ignores its signal for one timeout more, then writes it off", async () => {
    const { clock, guarded } = world({ bulkhead, retriesMax: 0 });
    const zombie = guarded.call(ignoresItsSignal, retry).catch((error: unknown) => error);
    await clock.advance(199);
    expect(await zombie).toBeInstanceOf(GuardedCallError);
    expect(guarded.state().inFlight).toBe(1);
    await clock.advance(1);
    expect(guarded.state().inFlight).toBe(0);
  });
});

describe("a caller that gives up", () => {
  test("cancels the attempt, ends the call, and counts neither for nor against the callee", async () => {
    const here = world({ breaker: { callsMin: 1, openMs: 86_400_000 } });
    const caller = new AbortController();
    const call = ending(here, hangs, { ...retry, signal: caller.signal });
    caller.abort("gone");
    expect((await call).failure).toEqual({ kind: "failed", attempts: 1, cause: "gone" });
    expect(here.guarded.state()).toMatchObject({ breaker: "closed", inFlight: 0 });
  });

  test("leaves the queue", async () => {
    const here = world({ bulkhead: { inFlightMax: 1 } });
    const first = ending(here, hangs);
    const caller = new AbortController();
    const call = ending(here, answers, { ...retry, signal: caller.signal });
    expect(here.guarded.state().waiting).toBe(1);
    caller.abort("gone");
    expect(here.guarded.state().waiting).toBe(0);
    expect((await call).failure).toEqual({ kind: "failed", attempts: 0, cause: "gone" });
    await first;
  });

  test("ends a backoff", async () => {
    const { clock, guarded } = world({ backoff: { baseMs: 1_000 } });
    const caller = new AbortController();
    const call = guarded.call(throws, { ...retry, signal: caller.signal }).catch((error: unknown) => error);
    await clock.advance(10);
    caller.abort("gone");
    expect(await call).toMatchObject({ failure: { kind: "failed", attempts: 1, cause: "gone" } });
  });

  test("before the call started starts nothing", async () => {
    const signal = AbortSignal.abort("gone");
    expect((await ending(world(), answers, { ...retry, signal })).failure).toEqual({ kind: "failed", attempts: 0, cause: "gone" });
  });
});

test("the message names the callee and the attempts", async () => {
  const { guarded } = world({ retriesMax: 0 });
  await expect(guarded.call(throws, retry)).rejects.toThrow("stripe failed (1 attempt).");
});

test("mistakes are refused with the range", async () => {
  expect(() => world({ timeoutMs: 0 })).toThrow("timeoutMs is 0: it must be a number from 1 to 86400000.");
  expect(() => world({ retriesMax: 11 })).toThrow("retriesMax is 11: it must be a whole number from 0 to 10.");
  await expect(world().guarded.call(answers, { ...retry, deadlineMs: 0 })).rejects.toThrow("deadlineMs is 0");
});

test("it runs on the real clock as well, and its abort reaches a real wait", async () => {
  const surroundings = {
    now: () => performance.now(),
    random: Math.random,
    sleep: async (ms: number, signal?: AbortSignal) => sleepForReal(ms, undefined, { signal }),
  };
  const classify = () => ({ retryable: true, calleeAtFault: true });
  const bulkhead = { inFlightMax: 1, waitMs: 5 };
  const guarded = createGuardedCall(
    { callee: "slow", timeoutMs: 20, retriesMax: 1, classify, bulkhead, backoff: { baseMs: 1 } },
    surroundings,
  );
  const slow = guarded.call(async (signal) => sleepForReal(10_000, "late", { signal }), retry);
  const waiter = guarded.call(async () => "in time", retry);
  await expect(waiter).rejects.toMatchObject({ failure: { kind: "saturated" } });
  await expect(slow).rejects.toMatchObject({ failure: { kind: "timeout", attempts: 2 } });
  expect(guarded.state()).toMatchObject({ inFlight: 0, waiting: 0 });
});

const anyCall = fc.record({
  afterMs: fc.constantFrom(0, 0, 5, 40, 400),
  attempts: fc.array(fc.constantFrom("answers", "slow", "throws", "hangs", "ignores its signal"), { minLength: 1, maxLength: 4 }),
  deadlineMs: fc.constantFrom<number | undefined>(undefined, 10, 80, 300),
  idempotent: fc.boolean(),
  givesUpAfterMs: fc.constantFrom<number | undefined>(undefined, undefined, 0, 15, 120),
});

test("law: every call ends by its deadline, never more than N attempts are under way, and nothing is left behind", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(anyCall, { maxLength: 12, size: "max" }), async (inFlightMax, calls) => {
      const bulkhead = { inFlightMax, waitersMax: 3, waitMs: 60 };
      const here = world({ bulkhead, retriesMax: 2, breaker: { callsMin: 3, openMs: 100 }, backoff: { baseMs: 20 } });
      const { clock, guarded } = here;
      const load = { underWay: 0, most: 0 };
      let startMs = 0;
      const ends = calls.map(async (call) => {
        startMs += call.afterMs;
        await clock.sleep(startMs);
        const calledAtMs = clock.now();
        const { idempotent, deadlineMs, givesUpAfterMs } = call;
        const caller = new AbortController();
        void clock.sleep(givesUpAfterMs ?? 0).then(() => givesUpAfterMs === undefined || caller.abort("gone"));
        const request = { idempotent, signal: caller.signal, ...(deadlineMs === undefined ? {} : { deadlineMs }) };
        const result: unknown = await guarded
          .call(counted(scripted(clock, call.attempts), load, clock), request)
          .catch((error: unknown) => error);
        expect(result instanceof GuardedCallError ? "answer" : result).toBe("answer");
        expect(clock.now() - calledAtMs).toBeLessThanOrEqual(deadlineMs ?? 3 * (60 + 100) + 2 * 40);
      });
      await clock.advance(100_000);
      await Promise.all(ends);
      expect(load.most).toBeLessThanOrEqual(inFlightMax);
      expect([guarded.state().inFlight, guarded.state().waiting, clock.sleeping]).toEqual([0, 0, 0]);
    }),
    { numRuns: 100 },
  );
});

function scripted(clock: VirtualClock, kinds: readonly string[]): Script {
  const scripts: Readonly<Record<string, Script>> = {
    throws,
    hangs,
    "ignores its signal": ignoresItsSignal,
    slow: answersAfter(clock, 50),
  };
  return async (signal, number) => (scripts[kinds[number - 1] ?? ""] ?? answers)(signal, number);
}

/** Counts the attempts under way. One that ignores its signal counts for one timeout more, as it does for the bulkhead. */
function counted(attempt: Script, load: { underWay: number; most: number }, clock: VirtualClock): Script {
  return async (signal, number) => {
    load.underWay += 1;
    load.most = Math.max(load.most, load.underWay);
    const writtenOff = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => void clock.sleep(100).then(() => reject(signal.reason)));
    });
    try {
      return await Promise.race([attempt(signal, number), writtenOff]);
    } finally {
      load.underWay -= 1;
    }
  };
}
