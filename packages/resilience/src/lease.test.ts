import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimLease, fenceAdmits, freshLease, type Lease, releaseLease, renewLease } from "./lease.ts";

const held: Lease = { token: 7, owner: "ada", expiresAtMs: 1_000 };

describe("a claim", () => {
  test("is granted for a lease that nobody holds", () => {
    expect(claimLease(freshLease, { owner: "ada", nowMs: 0, leaseMs: 1_000 })).toEqual({
      kind: "granted",
      lease: { token: 1, owner: "ada", expiresAtMs: 1_000 },
    });
  });

  test("is told who holds the lease, and for how long", () => {
    expect(claimLease(held, { owner: "bob", nowMs: 400, leaseMs: 1_000 })).toEqual({ kind: "held", owner: "ada", retryAfterMs: 600 });
  });

  test("by the holder's own name is refused too, for that may be another worker", () => {
    expect(claimLease(held, { owner: "ada", nowMs: 400, leaseMs: 1_000 }).kind).toBe("held");
  });

  test("is granted at the instant at which the lease ends, with the next token", () => {
    expect(claimLease(held, { owner: "bob", nowMs: 1_000, leaseMs: 1_000 })).toMatchObject({ lease: { token: 8, owner: "bob" } });
  });
});

describe("a renewal", () => {
  test("prolongs the lease under the same token", () => {
    expect(renewLease(held, { owner: "ada", token: 7, nowMs: 999, leaseMs: 1_000 })).toEqual({
      kind: "granted",
      lease: { token: 7, owner: "ada", expiresAtMs: 1_999 },
    });
  });

  test("never shortens what was granted", () => {
    expect(renewLease(held, { owner: "ada", token: 7, nowMs: 100, leaseMs: 200 })).toMatchObject({ lease: { expiresAtMs: 1_000 } });
  });

  test.each([
    ["expired", held, 1_000],
    ["released", releaseLease(held, { owner: "ada", token: 7 }), 500],
    ["claimed by another", { ...held, token: 8, owner: "bob" }, 500],
  ] as const)("is lost if the lease is %s", (because, lease, nowMs) => {
    expect(renewLease(lease, { owner: "ada", token: 7, nowMs, leaseMs: 1_000 })).toEqual({ kind: "lost", because });
  });
});

describe("a release", () => {
  test("frees the lease and keeps its token", () => {
    expect(releaseLease(held, { owner: "ada", token: 7 })).toEqual({ token: 7, owner: undefined, expiresAtMs: 0 });
  });

  test("by a former holder changes nothing", () => {
    expect(releaseLease(held, { owner: "ada", token: 6 })).toBe(held);
  });
});

test("a lease without length is refused with the range", () => {
  expect(() => claimLease(held, { owner: "ada", nowMs: 0, leaseMs: 0 })).toThrow("leaseMs is 0: it must be a number from 1 to 86400000.");
});

interface Holding {
  readonly token: number;
  readonly untilMs: number;
}

const anyStep = fc.record({
  worker: fc.constantFrom("ada", "bob", "cyd"),
  kind: fc.constantFrom("claim", "claim", "renew", "release", "write"),
  afterMs: fc.nat({ max: 40 }),
  leaseMs: fc.integer({ min: 1, max: 60 }),
});

test("law: one worker at most holds the lease at any instant, tokens only grow, and no earlier holder writes after a later", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 80, size: "max" }), (steps) => {
      let lease = freshLease;
      let nowMs = 0;
      let highestToken = 0;
      const claimed: number[] = [];
      const written: number[] = [];
      // What each worker believes; it goes on believing it when it is paused.
      const holdings = new Map<string, Holding>();
      for (const { worker, kind, afterMs, leaseMs } of steps) {
        nowMs += afterMs;
        const token = holdings.get(worker)?.token ?? 0;
        if (kind === "write") {
          written.push(...(fenceAdmits(highestToken, token) ? [token] : []));
          highestToken = Math.max(highestToken, ...written);
        } else if (kind === "release") {
          lease = releaseLease(lease, { owner: worker, token });
          holdings.delete(worker);
        } else {
          const decision =
            kind === "claim"
              ? claimLease(lease, { owner: worker, nowMs, leaseMs })
              : renewLease(lease, { owner: worker, token, nowMs, leaseMs });
          if (decision.kind === "granted") {
            lease = decision.lease;
            claimed.push(...(kind === "claim" ? [lease.token] : []));
            holdings.set(worker, { token: lease.token, untilMs: lease.expiresAtMs });
          }
        }
        const holders = [...holdings.values()].filter((holding) => nowMs < holding.untilMs);
        expect(holders.length).toBeLessThanOrEqual(1);
      }
      expect(claimed).toEqual(claimed.map((_, claim) => claim + 1));
      expect(written).toEqual([...written].sort((left, right) => left - right));
    }),
    { numRuns: 400 },
  );
});
