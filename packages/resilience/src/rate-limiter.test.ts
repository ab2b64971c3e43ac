import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RateLimiter } from "./rate-limiter.ts";

describe("one key", () => {
  test("has its burst at once, then the rate", () => {
    const limiter = new RateLimiter({ limit: 3, windowMs: 1_000 });
    const answers = [0, 0, 0, 0, 333, 334].map((nowMs) => limiter.check("ada", nowMs).allowed);
    expect(answers).toEqual([true, true, true, false, false, true]);
  });

  test("is told what is left, and when", () => {
    const limiter = new RateLimiter({ limit: 10, windowMs: 1_000, burst: 2 });
    expect(limiter.check("ada", 0)).toEqual({ allowed: true, limit: 10, remaining: 1, resetMs: 100, retryAfterMs: 0 });
    expect(limiter.check("ada", 0)).toEqual({ allowed: true, limit: 10, remaining: 0, resetMs: 200, retryAfterMs: 0 });
    expect(limiter.check("ada", 40)).toEqual({ allowed: false, limit: 10, remaining: 0, resetMs: 160, retryAfterMs: 60 });
  });

  test("does not pay for what another uses", () => {
    const limiter = new RateLimiter({ limit: 1, windowMs: 1_000 });
    expect(limiter.check("ada", 0).allowed).toBe(true);
    expect(limiter.check("bob", 0).allowed).toBe(true);
    expect(limiter.check("ada", 0).allowed).toBe(false);
  });

  test("gains nothing from a clock that steps back", () => {
    const limiter = new RateLimiter({ limit: 1, windowMs: 1_000 });
    limiter.check("ada", 5_000);
    expect(limiter.check("ada", 4_000)).toMatchObject({ allowed: false, retryAfterMs: 1_000 });
  });
});

describe("a full table", () => {
  test("gives nobody a fresh bucket by pushing the old one out", () => {
    const limiter = new RateLimiter({ limit: 2, windowMs: 1_000, keysMax: 2 });
    for (const key of ["ada", "ada", "bob", "bob", "eve-1", "eve-2", "eve-3", "ada"]) {
      limiter.check(key, 0);
    }
    expect(limiter.check("ada", 0).allowed).toBe(false);
  });

  test("lets a newcomer in with the debt of the fullest bucket", () => {
    const limiter = new RateLimiter({ limit: 10, windowMs: 1_000, keysMax: 2 });
    limiter.check("ada", 0);
    limiter.check("bob", 0);
    limiter.check("bob", 0);
    expect(limiter.check("cyd", 0)).toMatchObject({ allowed: true, remaining: 8 });
    expect(limiter.size).toBe(2);
  });

  test("forgets keys whose bucket is full again", () => {
    const limiter = new RateLimiter({ limit: 1, windowMs: 1_000, keysMax: 10 });
    for (const key of ["ada", "bob", "cyd"]) {
      limiter.check(key, 0);
    }
    limiter.check("dan", 1_000);
    limiter.check("eve", 1_000);
    expect(limiter.size).toBe(2);
  });
});

test("mistakes are refused with the range", () => {
  expect(() => new RateLimiter({ limit: 0, windowMs: 1_000 })).toThrow("limit is 0: it must be a whole number from 1 to 1000000.");
  const limiter = new RateLimiter({ limit: 1, windowMs: 1_000 });
  expect(() => limiter.check("k".repeat(513), 0)).toThrow("key.length is 513: it must be a number from 0 to 512.");
  expect(() => limiter.check("k", Number.NaN)).toThrow("nowMs is NaN");
});

const anyLimits = fc.record({
  limit: fc.integer({ min: 1, max: 7 }),
  windowMs: fc.constantFrom(1, 7, 10, 100, 333),
  burst: fc.integer({ min: 1, max: 6 }),
});
const anySchedule = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.constant(0), fc.nat({ max: 5 }), fc.nat({ max: 400 })),
    key: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  }),
  { maxLength: 120, size: "max" },
);

interface Check {
  readonly key: string;
  readonly atMs: number;
}

function timed(schedule: readonly { readonly afterMs: number; readonly key: string }[]): readonly Check[] {
  let atMs = 0;
  return schedule.map(({ afterMs, key }) => ({ key, atMs: (atMs += afterMs) }));
}

test("law: in any stretch a key is allowed at most rate × stretch + burst, also when the table is far too small", () => {
  fc.assert(
    fc.property(anyLimits, fc.integer({ min: 1, max: 8 }), anySchedule, (limits, keysMax, schedule) => {
      const limiter = new RateLimiter({ ...limits, keysMax });
      const allowed = timed(schedule).filter(({ key, atMs }) => limiter.check(key, atMs).allowed);
      expect(limiter.size).toBeLessThanOrEqual(keysMax);
      // How many more requests a stretch between two of them was allowed than it should have been.
      const excesses = allowed.flatMap((first, from) => {
        const ofKey = allowed.slice(from).filter(({ key }) => key === first.key);
        return ofKey.map(({ atMs }, more) => more + 1 - limits.burst - Math.floor((limits.limit * (atMs - first.atMs)) / limits.windowMs));
      });
      expect(Math.max(0, ...excesses)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("law: with room for every key it refuses nothing that a plain token bucket allows", () => {
  fc.assert(
    fc.property(anyLimits, anySchedule, (limits, schedule) => {
      const limiter = new RateLimiter(limits);
      // Tokens are counted in 1/windowMs, so that the refill per millisecond is a whole number.
      const full = limits.burst * limits.windowMs;
      const plain = new Map<string, { tokens: number; atMs: number }>();
      for (const { key, atMs } of timed(schedule)) {
        const before = plain.get(key) ?? { tokens: full, atMs };
        const tokens = Math.min(full, before.tokens + (atMs - before.atMs) * limits.limit);
        const allowed = tokens >= limits.windowMs;
        plain.set(key, { tokens: allowed ? tokens - limits.windowMs : tokens, atMs });
        const answer = limiter.check(key, atMs);
        expect(answer.allowed).toBe(allowed);
        expect(answer.remaining).toBe(Math.floor((plain.get(key)?.tokens ?? 0) / limits.windowMs));
      }
    }),
  );
});

test("law: a refused key is allowed after the time it was told, and not a millisecond sooner", () => {
  fc.assert(
    fc.property(anyLimits, fc.nat({ max: 1_000 }), (limits, startMs) => {
      const [punctual, early] = [new RateLimiter(limits), new RateLimiter(limits)];
      for (let request = 0; request < limits.burst; request += 1) {
        punctual.check("ada", startMs);
        early.check("ada", startMs);
      }
      const { retryAfterMs } = punctual.check("ada", startMs);
      expect(early.check("ada", startMs + retryAfterMs - 1).allowed).toBe(false);
      expect(punctual.check("ada", startMs + retryAfterMs).allowed).toBe(true);
    }),
  );
});
