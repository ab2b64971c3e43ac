import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Breaker, type BreakerOptions, type BreakerOutcome, type BreakerState } from "./breaker.ts";

const options = { failureRatio: 0.5, windowMs: 1_000, callsMin: 4, openMs: 500, probesMax: 2, successesToClose: 2, probeMs: 300 };

function callWith(breaker: Breaker, outcome: BreakerOutcome, nowMs: number): void {
  breaker.settle(ticketOf(breaker, nowMs), outcome, nowMs);
}

function ticketOf(breaker: Breaker, nowMs: number): number {
  const admission = breaker.admit(nowMs);
  if (!admission.admitted) {
    throw new Error(`The breaker refused a call at ${nowMs}.`);
  }
  return admission.ticket;
}

function openedAt(nowMs: number): Breaker {
  const breaker = new Breaker(options);
  for (let call = 0; call < 4; call += 1) {
    callWith(breaker, "failure", nowMs);
  }
  return breaker;
}

describe("a closed breaker", () => {
  test("stays closed below the minimum number of calls, however many fail", () => {
    const breaker = new Breaker(options);
    for (let call = 0; call < 3; call += 1) {
      callWith(breaker, "failure", 0);
    }
    expect(breaker.state(0)).toBe("closed");
  });

  test("opens when the share of failures is reached", () => {
    const breaker = new Breaker(options);
    for (const outcome of ["success", "success", "failure"] as const) {
      callWith(breaker, outcome, 0);
    }
    expect(breaker.state(0)).toBe("closed");
    callWith(breaker, "failure", 0);
    expect(breaker.state(0)).toBe("open");
  });

  test("forgets what has left the window", () => {
    const breaker = new Breaker(options);
    for (let call = 0; call < 3; call += 1) {
      callWith(breaker, "failure", 0);
    }
    callWith(breaker, "failure", 1_000);
    expect(breaker.state(1_000)).toBe("closed");
  });

  test("does not count calls that were given up", () => {
    const breaker = new Breaker(options);
    for (let call = 0; call < 10; call += 1) {
      callWith(breaker, "ignored", 0);
    }
    for (let call = 0; call < 3; call += 1) {
      callWith(breaker, "failure", 0);
    }
    expect(breaker.state(0)).toBe("closed");
  });
});

describe("an open breaker", () => {
  test("says how long it refuses", () => {
    expect(openedAt(100).admit(250)).toEqual({ admitted: false, retryAfterMs: 350 });
  });

  test("turns half-open by the clock alone", () => {
    const breaker = openedAt(100);
    expect(breaker.state(599)).toBe("open");
    expect(breaker.state(600)).toBe("half-open");
  });
});

describe("a half-open breaker", () => {
  test("admits no more probes at once than it is allowed to", () => {
    const breaker = openedAt(0);
    ticketOf(breaker, 500);
    ticketOf(breaker, 500);
    expect(breaker.admit(500)).toEqual({ admitted: false, retryAfterMs: 800 });
  });

  test("closes after the number of successes it needs, and starts with a clean record", () => {
    const breaker = openedAt(0);
    callWith(breaker, "success", 500);
    expect(breaker.state(500)).toBe("half-open");
    callWith(breaker, "success", 500);
    expect(breaker.state(500)).toBe("closed");
    callWith(breaker, "failure", 501);
    expect(breaker.state(501)).toBe("closed");
  });

  test("opens again at the first failed probe", () => {
    const breaker = openedAt(0);
    callWith(breaker, "success", 500);
    callWith(breaker, "failure", 510);
    expect(breaker.admit(510)).toEqual({ admitted: false, retryAfterMs: 500 });
  });

  test("takes a probe that says nothing as failed, and counts from the instant at which its time was up", () => {
    const breaker = openedAt(0);
    ticketOf(breaker, 500);
    expect(breaker.state(799)).toBe("half-open");
    expect(breaker.admit(900)).toEqual({ admitted: false, retryAfterMs: 400 });
    expect(breaker.state(1_300)).toBe("half-open");
  });

  test("ignores the late success of a call from before it opened", () => {
    const breaker = new Breaker(options);
    const slow = [ticketOf(breaker, 0), ticketOf(breaker, 0)];
    for (let call = 0; call < 4; call += 1) {
      callWith(breaker, "failure", 0);
    }
    for (const ticket of slow) {
      breaker.settle(ticket, "success", 500);
    }
    expect(breaker.state(500)).toBe("half-open");
  });

  test("counts a probe that reports twice once", () => {
    const breaker = openedAt(0);
    const ticket = ticketOf(breaker, 500);
    breaker.settle(ticket, "success", 500);
    breaker.settle(ticket, "success", 500);
    expect(breaker.state(500)).toBe("half-open");
  });
});

test("a ticket that was never given is a mistake", () => {
  expect(() => new Breaker().settle(1, "success", 0)).toThrow("ticket is 1: it must be a whole number from 1 to 0.");
});

test("an option out of its range is refused with the range", () => {
  expect(() => new Breaker({ failureRatio: 50 })).toThrow("failureRatio is 50: it must be a number from 0.001 to 1.");
  expect(() => new Breaker({ openMs: 0 })).toThrow("openMs is 0: it must be a number from 1 to 86400000.");
});

test("a clock that steps back is taken as standing still", () => {
  expect(openedAt(10_000).admit(0)).toEqual({ admitted: false, retryAfterMs: 500 });
});

/** The rules of the breaker, written for clarity: it looks at every millisecond, and every call remembers the stay it belongs to. */
class BreakerByTheBook {
  readonly #options: Required<BreakerOptions>;
  state: BreakerState = "closed";
  #stay = 0;
  #openUntilMs = 0;
  #successes = 0;
  #record: { atMs: number; failed: boolean }[] = [];
  #calls: { stay: number; startedMs: number; settled: boolean }[] = [];

  constructor(given: Required<BreakerOptions>) {
    this.#options = given;
  }

  tick(nowMs: number): void {
    if (this.state === "half-open" && this.#underWay().some((call) => call.startedMs + this.#options.probeMs <= nowMs)) {
      this.#enter("open", nowMs);
    }
    if (this.state === "open" && this.#openUntilMs <= nowMs) {
      this.#enter("half-open", nowMs);
    }
  }

  admit(nowMs: number): boolean {
    const refused = this.state === "open" || (this.state === "half-open" && this.#underWay().length >= this.#options.probesMax);
    if (!refused) {
      this.#calls.push({ stay: this.#stay, startedMs: nowMs, settled: false });
    }
    return !refused;
  }

  settle(index: number, outcome: BreakerOutcome, nowMs: number): void {
    const call = this.#calls[index];
    if (call === undefined || call.stay !== this.#stay || call.settled) {
      return;
    }
    call.settled = true;
    if (outcome === "ignored") {
      return;
    }
    this.#record.push({ atMs: nowMs, failed: outcome === "failure" });
    this.#successes += outcome === "success" ? 1 : 0;
    if (outcome === "failure" && (this.state === "half-open" || this.#failsTooOften(nowMs))) {
      this.#enter("open", nowMs);
    } else if (this.state === "half-open" && this.#successes >= this.#options.successesToClose) {
      this.#enter("closed", nowMs);
    }
  }

  #failsTooOften(nowMs: number): boolean {
    const bucketMs = this.#options.windowMs / 10;
    const recent = this.#record.filter(({ atMs }) => Math.floor(atMs / bucketMs) > Math.floor(nowMs / bucketMs) - 10);
    const failures = recent.filter(({ failed }) => failed).length;
    return recent.length >= this.#options.callsMin && failures / recent.length >= this.#options.failureRatio;
  }

  #underWay() {
    return this.#calls.filter((call) => call.stay === this.#stay && !call.settled);
  }

  #enter(state: BreakerState, nowMs: number): void {
    this.state = state;
    this.#stay += 1;
    this.#successes = 0;
    this.#record = [];
    this.#openUntilMs = nowMs + this.#options.openMs;
  }
}

const anyOptions: fc.Arbitrary<Required<BreakerOptions>> = fc.record({
  failureRatio: fc.constantFrom(0.25, 0.5, 1),
  windowMs: fc.constantFrom(10, 50, 200),
  callsMin: fc.integer({ min: 1, max: 5 }),
  openMs: fc.integer({ min: 1, max: 20 }),
  probesMax: fc.integer({ min: 1, max: 3 }),
  successesToClose: fc.integer({ min: 1, max: 4 }),
  probeMs: fc.integer({ min: 1, max: 60 }),
});

type StepKind = "call" | "start" | "finish" | "finish twice";

/** A `call` starts and ends at once; a `start` is ended later, by a `finish` that picks any that has not ended, or never. */
const anyHistory = fc.array(
  fc.record({
    afterMs: fc.constantFrom(0, 0, 0, 0, 1, 5, 21, 70),
    kind: fc.constantFrom<StepKind>("call", "call", "start", "finish", "finish twice"),
    outcome: fc.constantFrom<BreakerOutcome>("success", "success", "failure", "failure", "ignored"),
    pick: fc.nat(),
  }),
  { maxLength: 100, size: "max" },
);

test("law: asked now and then, it does what the rules say for every millisecond, for any interleaving of late results", () => {
  fc.assert(
    fc.property(anyOptions, anyHistory, (given, history) => {
      const breaker = new Breaker(given);
      const book = new BreakerByTheBook(given);
      const pending: { ticket: number; index: number }[] = [];
      let started = 0;
      let nowMs = 0;
      const start = () => {
        const admission = breaker.admit(nowMs);
        expect(admission.admitted).toBe(book.admit(nowMs));
        if (admission.admitted) {
          pending.push({ ticket: admission.ticket, index: started });
          started += 1;
        }
        return admission.admitted;
      };
      const finish = (place: number, outcome: BreakerOutcome) => {
        for (const { ticket, index } of pending.splice(place, 1)) {
          breaker.settle(ticket, outcome, nowMs);
          book.settle(index, outcome, nowMs);
        }
      };
      for (const { afterMs, kind, outcome, pick } of history) {
        for (const untilMs = nowMs + afterMs; nowMs < untilMs;) {
          nowMs += 1;
          book.tick(nowMs);
        }
        if (kind === "finish" || kind === "finish twice") {
          finish(pick % Math.max(1, pending.length), outcome);
        } else if (start() && kind === "call") {
          finish(pending.length - 1, outcome);
        }
        expect(breaker.state(nowMs)).toBe(book.state);
      }
    }),
    { numRuns: 500 },
  );
});

test("law: after any history it lets a call in once the callee has been left alone, and closes if the callee answers", () => {
  fc.assert(
    fc.property(anyOptions, anyHistory, (given, history) => {
      const breaker = new Breaker(given);
      const tickets: number[] = [];
      let nowMs = 0;
      for (const { afterMs, kind, outcome, pick } of history) {
        nowMs += afterMs;
        const admission = kind === "call" || kind === "start" ? breaker.admit(nowMs) : undefined;
        tickets.push(...(admission?.admitted ? [admission.ticket] : []));
        const ticket = tickets[pick % Math.max(1, tickets.length)];
        const times = { call: 1, start: 0, finish: 1, "finish twice": 2 }[kind];
        for (let time = 0; time < times && ticket !== undefined; time += 1) {
          breaker.settle(ticket, outcome, nowMs);
        }
      }
      const silenceMs = breaker.retryAfterMs(nowMs);
      expect(silenceMs).toBeLessThanOrEqual(given.openMs + given.probeMs);
      nowMs += silenceMs;
      for (let probe = 0; probe < given.successesToClose; probe += 1) {
        callWith(breaker, "success", nowMs);
      }
      expect(breaker.state(nowMs)).toBe("closed");
    }),
    { numRuns: 500 },
  );
});
