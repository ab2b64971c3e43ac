import { assertDurations, assertInRange, laterOf } from "./range.ts";
import { RollingWindow } from "./rolling-window.ts";

export interface BreakerOptions {
  /** Share of failed calls that opens the breaker: 0.001 to 1. Default 0.5. */
  readonly failureRatio?: number;
  /** Length of the window that the share is taken over, in milliseconds: 1 to 86,400,000. Default 10,000. */
  readonly windowMs?: number;
  /** Calls that the window must hold before their share means anything: 1 to 1,000,000. Default 20. */
  readonly callsMin?: number;
  /** How long an open breaker refuses, in milliseconds: 1 to 86,400,000. Default 5,000. */
  readonly openMs?: number;
  /** Probes that may be under way at once when half-open: 1 to 1,000. Default 1. */
  readonly probesMax?: number;
  /** Probes that must succeed before the breaker closes: 1 to 1,000. Default 2. */
  readonly successesToClose?: number;
  /** How long a probe may say nothing before it counts as failed, in milliseconds: 1 to 86,400,000. Default 30,000. */
  readonly probeMs?: number;
}

export type BreakerState = "closed" | "open" | "half-open";

/** `ignored` is a call that says nothing about the callee, such as one that its caller gave up. */
export type BreakerOutcome = "success" | "failure" | "ignored";

export type BreakerAdmission =
  | { readonly admitted: true; readonly ticket: number }
  | { readonly admitted: false; readonly retryAfterMs: number };

/**
 * A circuit breaker. Ask `admit` before a call, and tell `settle` once how the call went.
 *
 * It opens when, over the rolling window, at least `callsMin` calls ended and at least `failureRatio` of them failed. After `openMs`
 * it is half-open: it lets at most `probesMax` calls through at once, closes after `successesToClose` successes, and opens again at the
 * first failure. The result of a call that was admitted before the last change of state is ignored, and a probe that never reports
 * counts as failed after `probeMs`: so it cannot stay half-open with nobody let in.
 *
 * @example
 * const breaker = new Breaker({ callsMin: 2, openMs: 1_000 });
 * for (const nowMs of [0, 1]) {
 *   const admission = breaker.admit(nowMs);
 *   if (admission.admitted) breaker.settle(admission.ticket, "failure", nowMs);
 * }
 * breaker.admit(2); // { admitted: false, retryAfterMs: 999 }
 *
 * @throws RangeError if an option is out of its range.
 */
export class Breaker {
  readonly #settings: Required<BreakerOptions>;
  readonly #window: RollingWindow;
  /** When each probe under way counts as failed, by ticket; the oldest probe comes first. */
  readonly #probes = new Map<number, number>();
  #state: BreakerState = "closed";
  #nowMs = 0;
  #openUntilMs = 0;
  #probesSucceeded = 0;
  #nextTicket = 1;
  /** Tickets below this one were given before the last change of state. */
  #firstTicketOfState = 1;

  constructor(options: BreakerOptions = {}) {
    this.#settings = checkedSettings(options);
    this.#window = new RollingWindow(this.#settings.windowMs);
  }

  /** Whether a call may start now; if not, after how many milliseconds it is worth asking again. */
  admit(nowMs: number): BreakerAdmission {
    const retryAfterMs = this.retryAfterMs(nowMs);
    if (retryAfterMs > 0) {
      return { admitted: false, retryAfterMs };
    }
    const ticket = this.#nextTicket;
    this.#nextTicket += 1;
    if (this.#state === "half-open") {
      this.#probes.set(ticket, this.#nowMs + this.#settings.probeMs);
    }
    return { admitted: true, ticket };
  }

  /** How long `admit` will refuse for, in milliseconds, if nothing is reported before; 0 if it would admit a call now. */
  retryAfterMs(nowMs: number): number {
    const state = this.state(nowMs);
    if (state === "open") {
      return this.#openUntilMs - this.#nowMs;
    }
    const full = state === "half-open" && this.#probes.size >= this.#settings.probesMax;
    return full ? (this.#oldestProbeLapsesAtMs() ?? this.#nowMs) + this.#settings.openMs - this.#nowMs : 0;
  }

  /**
   * Reports how an admitted call ended. To be called once per ticket; a second report of a probe and any late report change nothing.
   *
   * @throws RangeError if the ticket was never given.
   */
  settle(ticket: number, outcome: BreakerOutcome, nowMs: number): void {
    assertInRange("ticket", ticket, { min: 1, max: this.#nextTicket - 1, whole: true });
    const state = this.state(nowMs);
    if (ticket < this.#firstTicketOfState) {
      return;
    }
    if (state === "closed") {
      this.#settleCall(outcome);
    } else {
      this.#settleProbe(ticket, outcome);
    }
  }

  state(nowMs: number): BreakerState {
    this.#nowMs = laterOf(this.#nowMs, nowMs);
    const lapsedAtMs = this.#oldestProbeLapsesAtMs();
    if (lapsedAtMs !== undefined && lapsedAtMs <= this.#nowMs) {
      this.#open(lapsedAtMs);
    }
    if (this.#state === "open" && this.#openUntilMs <= this.#nowMs) {
      this.#change("half-open");
    }
    return this.#state;
  }

  #settleCall(outcome: BreakerOutcome): void {
    if (outcome === "ignored") {
      return;
    }
    this.#window.record(outcome === "failure", this.#nowMs);
    // A success never opens: to shut out a callee at the moment it answers again would only prolong the outage.
    if (outcome === "failure" && this.#failsTooOften()) {
      this.#open(this.#nowMs);
    }
  }

  #settleProbe(ticket: number, outcome: BreakerOutcome): void {
    const underWay = this.#probes.delete(ticket);
    if (!underWay || outcome === "ignored") {
      return;
    }
    if (outcome === "failure") {
      this.#open(this.#nowMs);
      return;
    }
    this.#probesSucceeded += 1;
    if (this.#probesSucceeded >= this.#settings.successesToClose) {
      this.#change("closed");
    }
  }

  #failsTooOften(): boolean {
    const { calls, failures } = this.#window.counts(this.#nowMs);
    return calls >= this.#settings.callsMin && failures >= this.#settings.failureRatio * calls;
  }

  #open(sinceMs: number): void {
    this.#change("open");
    this.#openUntilMs = sinceMs + this.#settings.openMs;
  }

  #change(state: BreakerState): void {
    this.#state = state;
    this.#firstTicketOfState = this.#nextTicket;
    this.#probesSucceeded = 0;
    this.#probes.clear();
    this.#window.clear();
  }

  #oldestProbeLapsesAtMs(): number | undefined {
    for (const lapsesAtMs of this.#probes.values()) {
      return lapsesAtMs;
    }
    return undefined;
  }
}

function checkedSettings(options: BreakerOptions): Required<BreakerOptions> {
  const { failureRatio = 0.5, windowMs = 10_000, callsMin = 20, openMs = 5_000 } = options;
  const { probesMax = 1, successesToClose = 2, probeMs = 30_000 } = options;
  assertInRange("failureRatio", failureRatio, { min: 0.001, max: 1 });
  assertDurations({ windowMs, openMs, probeMs });
  assertInRange("callsMin", callsMin, { min: 1, max: 1_000_000, whole: true });
  assertInRange("probesMax", probesMax, { min: 1, max: 1_000, whole: true });
  assertInRange("successesToClose", successesToClose, { min: 1, max: 1_000, whole: true });
  return { failureRatio, windowMs, callsMin, openMs, probesMax, successesToClose, probeMs };
}
