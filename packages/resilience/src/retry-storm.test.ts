import { describe, expect, test } from "vitest";
import { Breaker } from "./breaker.ts";
import { BoundedQueue, type BoundedQueueOptions } from "./bounded-queue.ts";
import { RetryBudget } from "./retry-budget.ts";
import {
  drainSeconds,
  queueBound,
  retryAmplification,
  retryStormThresholdPerSecond,
  retryStormVerdict,
  safeRetriesMax,
  tippingSeconds,
} from "./retry-storm.ts";

describe("the closed forms", () => {
  test("the threshold is capacity over attempts", () => {
    const thresholds = [0, 1, 2, 3, 5].map((retries) => retryStormThresholdPerSecond({ retries, capacityPerSecond: 1_000 }));
    expect(thresholds.map(Math.round)).toEqual([1_000, 500, 333, 250, 167]);
  });

  test.each([
    [245, 3, "recovers"],
    [250, 3, "stays stuck"],
    [255, 3, "stays stuck"],
    [999, 0, "recovers"],
    [1_000, 0, "overloaded"],
  ] as const)("%d calls a second with %d retries on a capacity of 1,000: %s", (arrivalsPerSecond, retries, verdict) => {
    expect(retryStormVerdict({ arrivalsPerSecond, retries, capacityPerSecond: 1_000 })).toBe(verdict);
  });

  test("the most retries that are safe are the last that recover", () => {
    for (const arrivalsPerSecond of [1, 100, 167, 245, 250, 333, 500, 700, 999]) {
      const retries = safeRetriesMax({ arrivalsPerSecond, capacityPerSecond: 1_000 });
      expect(retryStormVerdict({ arrivalsPerSecond, retries, capacityPerSecond: 1_000 })).toBe("recovers");
      expect(retryStormVerdict({ arrivalsPerSecond, retries: retries + 1, capacityPerSecond: 1_000 })).toBe("stays stuck");
    }
    expect(safeRetriesMax({ arrivalsPerSecond: 1_000, capacityPerSecond: 1_000 })).toBe(-1);
  });

  test("retries multiply along the layers", () => {
    expect(retryAmplification([4, 4, 4])).toBe(64);
    expect(retryAmplification([])).toBe(1);
  });

  test.each([
    [700, 0, 20],
    [200, 3, 35],
    [225, 3, 80],
    [330, 2, 890],
    [700, 3, Number.POSITIVE_INFINITY],
    [50, 0, 0],
  ])(
    "after ten seconds at a tenth of the capacity, %d calls a second with %d retries drain in %d s",
    (arrivalsPerSecond, retries, seconds) => {
      const trigger = { capacityPerSecond: 1_000, triggerCapacityPerSecond: 100, triggerSeconds: 10 };
      expect(drainSeconds({ arrivalsPerSecond, retries, ...trigger })).toBeCloseTo(seconds);
    },
  );

  test("a burst of twice the load drains by the same law", () => {
    const burst = { arrivalsPerSecond: 700, retries: 0, capacityPerSecond: 1_000, triggerArrivalsPerSecond: 1_400, triggerSeconds: 10 };
    expect(drainSeconds(burst)).toBeCloseTo(13.33, 2);
  });

  test.each([
    [700, 3, 0.574],
    [900, 3, 0.529],
    [245, 3, Number.POSITIVE_INFINITY],
    [1_200, 0, 0],
  ])("at %d calls a second with %d retries the trigger tips the server over after %d s", (arrivalsPerSecond, retries, seconds) => {
    const trigger = { capacityPerSecond: 1_000, triggerCapacityPerSecond: 100, timeoutMs: 500 };
    expect(tippingSeconds({ arrivalsPerSecond, retries, ...trigger })).toBeCloseTo(seconds, 3);
  });

  test("a strong trigger tips the server over before the first retry", () => {
    const burst = { arrivalsPerSecond: 700, retries: 3, capacityPerSecond: 1_000, triggerArrivalsPerSecond: 3_000, timeoutMs: 500 };
    expect(tippingSeconds(burst)).toBeCloseTo(0.25);
  });

  test("the queue bound is what the server works off within the timeout", () => {
    expect(queueBound({ capacityPerSecond: 1_000, timeoutMs: 500, serviceMs: 10 })).toBe(490);
    expect(queueBound({ capacityPerSecond: 1_000, timeoutMs: 5, serviceMs: 10 })).toBe(0);
  });

  test("mistakes are refused with the range", () => {
    expect(() => retryStormVerdict({ arrivalsPerSecond: -1, retries: 3, capacityPerSecond: 1_000 })).toThrow("arrivalsPerSecond is -1");
    expect(() => retryAmplification([3, 0])).toThrow("attemptsPerLayer[1] is 0: it must be a number from 1 to 1001.");
  });
});

/*
 * A simulation of the same cases with the package's own breaker, budget and queue on a virtual clock: ten servers of 10 ms (exponential),
 * 700 calls a second (Poisson), clients that wait for 500 ms and retry at once, and from second 10 to 20 everything takes ten times as long.
 */
interface Scenario {
  readonly seed?: number;
  readonly arrivalsPerSecond?: number;
  readonly retries: number;
  readonly triggerSeconds?: number;
  readonly untilSecond: number;
  readonly queue?: BoundedQueueOptions;
  readonly dropsExpired?: boolean;
  readonly breaker?: Breaker;
  readonly retryBudget?: RetryBudget;
}

interface Attempt {
  readonly retriesLeft: number;
  readonly timesOutAtMs: number;
  readonly ticket: number | undefined;
  answered: boolean;
  givenUp: boolean;
}

const serverCount = 10;
const serviceMs = 10;
const timeoutMs = 500;
const slowFromMs = 10_000;
const slowFactor = 10;
const unbounded = 10_000_000;

class RetryStorm {
  readonly #scenario: Scenario;
  readonly #random: () => number;
  readonly #queue: BoundedQueue<Attempt>;
  readonly #busy: { endsAtMs: number; attempt: Attempt }[] = [];
  /** Every attempt times out after the same time, so they do so in the order of their start. */
  readonly #timeouts: Attempt[] = [];
  #timeoutsPassed = 0;
  #nowMs = 0;
  readonly callsBySecond: number[];
  readonly attemptsBySecond: number[];
  readonly answersBySecond: number[];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#random = seeded(scenario.seed ?? 1);
    this.#queue = new BoundedQueue(scenario.queue ?? { capacity: unbounded });
    const zeros = Array.from({ length: scenario.untilSecond }, () => 0);
    this.callsBySecond = [...zeros];
    this.attemptsBySecond = [...zeros];
    this.answersBySecond = [...zeros];
  }

  get queued(): number {
    return this.#queue.length;
  }

  run(): this {
    const gapMs = 1_000 / (this.#scenario.arrivalsPerSecond ?? 700);
    const untilMs = this.#scenario.untilSecond * 1_000;
    let arrivesAtMs = this.#exponential(gapMs);
    for (;;) {
      const expiresAtMs = this.#timeouts[this.#timeoutsPassed]?.timesOutAtMs ?? Number.POSITIVE_INFINITY;
      const server = this.#nextToEnd();
      const endsAtMs = this.#busy[server]?.endsAtMs ?? Number.POSITIVE_INFINITY;
      this.#nowMs = Math.min(arrivesAtMs, expiresAtMs, endsAtMs);
      if (this.#nowMs >= untilMs) {
        return this;
      }
      if (this.#nowMs === arrivesAtMs) {
        arrivesAtMs += this.#exponential(gapMs);
        this.#count(this.callsBySecond);
        this.#try(this.#scenario.retries);
      } else if (this.#nowMs === endsAtMs) {
        this.#end(server);
      } else {
        this.#timeOut();
      }
    }
  }

  #try(retriesLeft: number): void {
    const admission = this.#scenario.breaker?.admit(this.#nowMs);
    if (admission?.admitted === false) {
      return;
    }
    this.#count(this.attemptsBySecond);
    const attempt = { retriesLeft, timesOutAtMs: this.#nowMs + timeoutMs, ticket: admission?.ticket, answered: false, givenUp: false };
    if (this.#busy.length < serverCount) {
      this.#serve(attempt);
    } else if (this.#queue.offer(attempt, this.#nowMs, this.#worthServingUntilMs(attempt)).entry === undefined) {
      this.#fail(attempt);
      return;
    }
    this.#timeouts.push(attempt);
  }

  #worthServingUntilMs({ timesOutAtMs }: Attempt): number {
    return this.#scenario.dropsExpired ? timesOutAtMs : Number.POSITIVE_INFINITY;
  }

  #serve(attempt: Attempt): void {
    const slow = this.#nowMs >= slowFromMs && this.#nowMs < slowFromMs + 1_000 * (this.#scenario.triggerSeconds ?? 10);
    this.#busy.push({ endsAtMs: this.#nowMs + this.#exponential(serviceMs * (slow ? slowFactor : 1)), attempt });
  }

  #end(server: number): void {
    const [ended] = this.#busy.splice(server, 1);
    const next = this.#queue.take(this.#nowMs).entry;
    if (next !== undefined) {
      this.#serve(next.item);
    }
    if (ended !== undefined && !ended.attempt.givenUp) {
      ended.attempt.answered = true;
      this.#count(this.answersBySecond);
      this.#scenario.retryBudget?.deposit();
      this.#report(ended.attempt, "success");
    }
  }

  #timeOut(): void {
    const attempt = this.#timeouts[this.#timeoutsPassed];
    this.#timeoutsPassed += 1;
    if (attempt !== undefined && !attempt.answered) {
      attempt.givenUp = true;
      this.#fail(attempt);
    }
  }

  #fail(attempt: Attempt): void {
    this.#report(attempt, "failure");
    if (attempt.retriesLeft > 0 && this.#scenario.retryBudget?.trySpend() !== false) {
      this.#try(attempt.retriesLeft - 1);
    }
  }

  #report({ ticket }: Attempt, outcome: "success" | "failure"): void {
    if (ticket !== undefined) {
      this.#scenario.breaker?.settle(ticket, outcome, this.#nowMs);
    }
  }

  #count(bySecond: number[]): void {
    const second = Math.floor(this.#nowMs / 1_000);
    bySecond[second] = (bySecond[second] ?? 0) + 1;
  }

  #nextToEnd(): number {
    return this.#busy.reduce((soonest, { endsAtMs }, server) => (endsAtMs < (this.#busy[soonest]?.endsAtMs ?? 0) ? server : soonest), 0);
  }

  #exponential(mean: number): number {
    return -mean * Math.log(1 - this.#random());
  }
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function simulate(scenario: Scenario) {
  const { callsBySecond, attemptsBySecond, answersBySecond, queued } = new RetryStorm(scenario).run();
  const good = answersBySecond.map((answers, second) => answers / Math.max(1, callsBySecond[second] ?? 0));
  const triggerEnd = slowFromMs / 1_000 + (scenario.triggerSeconds ?? 10);
  const lastBadSecond = good.findLastIndex((share) => share < 0.8);
  const recovered = lastBadSecond < scenario.untilSecond - 1;
  return {
    /** Seconds from the end of the trigger until four fifths of the calls are answered in time, and stay so. */
    recoversAfter: recovered ? Math.max(0, lastBadSecond + 1 - triggerEnd) : Number.POSITIVE_INFINITY,
    goodAtTheEnd: total(good.slice(-10)) / 10,
    amplificationAtTheEnd: total(attemptsBySecond.slice(-10)) / total(callsBySecond.slice(-10)),
    queued,
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

describe.each([1, 2, 3])("the simulation with seed %d", (seed) => {
  const storm = { seed, retries: 3, untilSecond: 50 };

  test("without retries the server recovers when the law says (S0)", () => {
    const { recoversAfter } = simulate({ ...storm, retries: 0 });
    const lawSeconds = drainSeconds({
      arrivalsPerSecond: 700,
      retries: 0,
      capacityPerSecond: 1_000,
      triggerCapacityPerSecond: 100,
      triggerSeconds: 10,
    });
    expect(Math.abs(recoversAfter - lawSeconds)).toBeLessThanOrEqual(2);
  });

  test("three immediate retries keep it down for ever, at four attempts a call and with no answer in time (S1)", () => {
    const { goodAtTheEnd, amplificationAtTheEnd, queued } = simulate(storm);
    expect(goodAtTheEnd).toBe(0);
    expect(Math.abs(amplificationAtTheEnd - 4)).toBeLessThan(0.1);
    expect(queued).toBeGreaterThan(50_000);
  });

  test("dropping expired work is no cure (S3)", () => {
    const { recoversAfter, goodAtTheEnd } = simulate({ ...storm, dropsExpired: true });
    expect(recoversAfter).toBe(Number.POSITIVE_INFINITY);
    expect(Math.abs(goodAtTheEnd - 0.08)).toBeLessThan(0.02);
  });

  test("a retry budget makes it recover as if there were no retries (S4)", () => {
    const { recoversAfter, amplificationAtTheEnd } = simulate({ ...storm, retryBudget: new RetryBudget() });
    expect(Math.abs(recoversAfter - 19)).toBeLessThanOrEqual(1);
    expect(amplificationAtTheEnd).toBeCloseTo(1, 2);
  });

  test("a breaker makes it recover within seconds (S5)", () => {
    const breaker = new Breaker({ failureRatio: 0.5, windowMs: 1_000, openMs: 5_000 });
    expect(simulate({ ...storm, breaker }).recoversAfter).toBeLessThanOrEqual(3);
  });

  test("serving the newest first makes it recover at once (S6)", () => {
    expect(simulate({ ...storm, queue: { capacity: unbounded, order: "lifo" } }).recoversAfter).toBeLessThanOrEqual(1);
  });

  test("a queue within its bound makes it recover within seconds, and one well beyond it never (S7)", () => {
    const bound = queueBound({ capacityPerSecond: 1_000, timeoutMs, serviceMs });
    expect(simulate({ ...storm, queue: { capacity: bound } }).recoversAfter).toBeLessThanOrEqual(3);
    expect(simulate({ ...storm, queue: { capacity: 600 } }).recoversAfter).toBe(Number.POSITIVE_INFINITY);
  });

  test("without a trigger it runs well at the load that keeps it down after one (S10)", () => {
    expect(simulate({ ...storm, arrivalsPerSecond: 900, triggerSeconds: 0 }).recoversAfter).toBe(0);
  });

  test("below the threshold it recovers no later than the law says, above it never (S11)", () => {
    const trigger = { retries: 3, capacityPerSecond: 1_000, triggerCapacityPerSecond: 100, triggerSeconds: 10 };
    const lawSeconds = drainSeconds({ arrivalsPerSecond: 200, ...trigger });
    const { recoversAfter } = simulate({ ...storm, arrivalsPerSecond: 200, untilSecond: 70 });
    expect(recoversAfter).toBeGreaterThan(0.6 * lawSeconds);
    expect(recoversAfter).toBeLessThanOrEqual(lawSeconds + 1);
    expect(simulate({ ...storm, arrivalsPerSecond: 260, untilSecond: 70 }).recoversAfter).toBe(Number.POSITIVE_INFINITY);
  });
});
