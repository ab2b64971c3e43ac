import { BoundedQueue, type QueueEntry } from "./bounded-queue.ts";
import { assertInRange, laterOf, waitRange } from "./range.ts";

export interface BulkheadOptions {
  /** Calls that may be under way at once: 1 to 100,000. Default 50. */
  readonly inFlightMax?: number;
  /** Calls that may wait for a place: 0 to 1,000,000. Default twice `inFlightMax`. */
  readonly waitersMax?: number;
  /** How long a call may wait for a place, in milliseconds: 0 to 86,400,000. Default 1,000. */
  readonly waitMs?: number;
}

/** The end of a wait: each waiter gets exactly one, unless it withdraws. */
export interface WaitAnswer {
  readonly ticket: number;
  readonly kind: "entered" | "expired";
}

export type BulkheadEntry =
  | { readonly kind: "entered" | "refused"; readonly ticket: number; readonly answers: readonly WaitAnswer[] }
  | { readonly kind: "waiting"; readonly ticket: number; readonly expiresAtMs: number; readonly answers: readonly WaitAnswer[] };

/**
 * Keeps at most `inFlightMax` calls under way, so that one slow callee cannot take every connection and all memory with it. Up to
 * `waitersMax` further calls wait in turn, each for `waitMs` at most; the rest is refused at once.
 *
 * It has no timer: whoever lets calls wait calls `expire` when the time of one is up. Every method hands back the waits that ended in it.
 *
 * @example
 * const bulkhead = new Bulkhead({ inFlightMax: 1, waitersMax: 1 });
 * const first = bulkhead.enter(0); // kind "entered"
 * const second = bulkhead.enter(0); // kind "waiting", expiresAtMs 1000
 * bulkhead.leave(first.ticket, 5); // [{ ticket: second.ticket, kind: "entered" }]
 *
 * @throws RangeError if an option is out of its range.
 */
export class Bulkhead {
  /** The longest wait for a place, in milliseconds. */
  readonly waitMs: number;
  readonly #inFlightMax: number;
  readonly #queue: BoundedQueue<number>;
  readonly #inFlight = new Set<number>();
  readonly #waiters = new Map<number, QueueEntry<number>>();
  #nowMs = 0;
  #nextTicket = 1;

  constructor({ inFlightMax = 50, waitersMax = 2 * inFlightMax, waitMs = 1_000 }: BulkheadOptions = {}) {
    assertInRange("inFlightMax", inFlightMax, { min: 1, max: 100_000, whole: true });
    assertInRange("waitersMax", waitersMax, { min: 0, max: 1_000_000, whole: true });
    assertInRange("waitMs", waitMs, waitRange);
    this.#inFlightMax = inFlightMax;
    this.waitMs = waitMs;
    this.#queue = new BoundedQueue({ capacity: waitersMax });
  }

  /**
   * Asks for a place. One that has entered must `leave` once; one that waits is answered by a later call, or must `withdraw`.
   *
   * @param patienceMs How long this call itself can wait, in milliseconds, if that is less than `waitMs`.
   */
  enter(nowMs: number, patienceMs = this.waitMs): BulkheadEntry {
    assertInRange("patienceMs", patienceMs, { min: 0, max: Number.POSITIVE_INFINITY });
    const answers = this.expire(nowMs);
    const ticket = this.#nextTicket;
    this.#nextTicket += 1;
    if (this.#inFlight.size < this.#inFlightMax) {
      this.#inFlight.add(ticket);
      return { kind: "entered", ticket, answers };
    }
    const waitMs = Math.min(this.waitMs, patienceMs);
    const expiresAtMs = this.#nowMs + waitMs;
    const { entry } = waitMs > 0 ? this.#queue.offer(ticket, this.#nowMs, expiresAtMs) : { entry: undefined };
    if (entry === undefined) {
      return { kind: "refused", ticket, answers };
    }
    this.#waiters.set(ticket, entry);
    return { kind: "waiting", ticket, expiresAtMs, answers };
  }

  /**
   * Gives a place back; it goes to the one who has waited longest.
   *
   * @throws RangeError if the ticket holds no place, for a place given back twice would let one call too many in.
   */
  leave(ticket: number, nowMs: number): readonly WaitAnswer[] {
    if (!this.#inFlight.delete(ticket)) {
      throw new RangeError(`Ticket ${ticket} holds no place in the bulkhead: leave once, and only after having entered.`);
    }
    const expired = this.expire(nowMs);
    const next = this.#queue.take(this.#nowMs).entry?.item;
    if (next === undefined) {
      return expired;
    }
    this.#waiters.delete(next);
    this.#inFlight.add(next);
    return [...expired, { ticket: next, kind: "entered" }];
  }

  /** Ends the waits whose time is up. */
  expire(nowMs: number): readonly WaitAnswer[] {
    this.#nowMs = laterOf(this.#nowMs, nowMs);
    return this.#queue.expire(this.#nowMs).map((ticket) => {
      this.#waiters.delete(ticket);
      return { ticket, kind: "expired" };
    });
  }

  /** Ends a wait because the caller gave up. `false` means that the wait had been answered already. */
  withdraw(ticket: number): boolean {
    const entry = this.#waiters.get(ticket);
    this.#waiters.delete(ticket);
    return entry !== undefined && this.#queue.remove(entry);
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  get waiting(): number {
    return this.#waiters.size;
  }
}
