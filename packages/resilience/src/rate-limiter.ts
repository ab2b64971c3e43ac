import { type HeapNode, IndexedHeap, outsideHeap } from "./indexed-heap.ts";
import { assertInRange, durationRange, laterOf } from "./range.ts";

export interface RateLimiterOptions {
  /** Requests that one key may make per window in the long run: 1 to 1,000,000. */
  readonly limit: number;
  /** Length of the window, in milliseconds: 1 to 86,400,000. */
  readonly windowMs: number;
  /** Requests that one key may make at once after a pause: 1 to 1,000,000. Default `limit`. */
  readonly burst?: number;
  /** Keys that are remembered: 1 to 10,000,000, at some 200 bytes each. Default 100,000. */
  readonly keysMax?: number;
}

export interface RateLimitAnswer {
  readonly allowed: boolean;
  /** The limit that was applied, in requests per window. */
  readonly limit: number;
  /** Requests that the key may still make at once. */
  readonly remaining: number;
  /** Until the key's whole burst is there again, in whole milliseconds. */
  readonly resetMs: number;
  /** Until the next request is allowed, in whole milliseconds; 0 if this one was. */
  readonly retryAfterMs: number;
}

/** The rank is the instant at which the bucket is full again, in the limiter's own units. */
interface Bucket extends HeapNode {
  readonly key: string;
}

const keyLengthMax = 512;
const forgottenPerCheck = 2;

/**
 * A token bucket per key. In any stretch of time a key is allowed at most `burst` + `limit` × stretch / `windowMs` requests.
 *
 * It remembers at most `keysMax` keys and never lets anybody in for free: a full bucket is forgotten, for a new one would be full too;
 * where none is full, a newcomer takes over the fullest bucket with the debt that is in it. So a key that was pushed out finds, when it
 * comes back, at least the debt it left behind, and a flood of invented keys buys no request.
 *
 * @example
 * const limiter = new RateLimiter({ limit: 60, windowMs: 60_000, burst: 1 });
 * limiter.check("ada", 0).allowed; // true
 * limiter.check("ada", 10); // { allowed: false, limit: 60, remaining: 0, resetMs: 990, retryAfterMs: 990 }
 *
 * @throws RangeError if an option is out of its range.
 */
export class RateLimiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #keysMax: number;
  readonly #capacity: number;
  readonly #buckets = new Map<string, Bucket>();
  readonly #byFullness = new IndexedHeap<Bucket>();
  #startMs: number | undefined;
  #nowMs = 0;

  constructor({ limit, windowMs, burst = limit, keysMax = 100_000 }: RateLimiterOptions) {
    assertInRange("limit", limit, { min: 1, max: 1_000_000, whole: true });
    assertInRange("windowMs", windowMs, durationRange);
    assertInRange("burst", burst, { min: 1, max: 1_000_000, whole: true });
    assertInRange("keysMax", keysMax, { min: 1, max: 10_000_000, whole: true });
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#keysMax = keysMax;
    this.#capacity = burst * windowMs;
  }

  /**
   * Takes one request from the key's bucket, if there is one left. A refused request costs nothing.
   *
   * @param key Whom the limit is for: an account, an address. At most 512 characters: hash what may be longer.
   * @throws RangeError if the key is longer, or the time is not a number of milliseconds.
   */
  check(key: string, nowMs: number): RateLimitAnswer {
    assertInRange("key.length", key.length, { min: 0, max: keyLengthMax });
    const now = this.#units(nowMs);
    this.#forgetFull(now);
    const bucket = this.#buckets.get(key);
    const fullAt = Math.max(now, bucket?.rank ?? this.#inheritedFullAt());
    const fullAtAfter = fullAt + this.#windowMs;
    const excess = fullAtAfter - now - this.#capacity;
    if (excess > 0) {
      return this.#answer(false, fullAt - now, excess);
    }
    this.#keep(key, bucket, fullAtAfter);
    return this.#answer(true, fullAtAfter - now, 0);
  }

  /** Keys that are remembered at present. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * A millisecond is `limit` units and a request costs `windowMs` of them, so that on a clock of whole milliseconds every number here is
   * whole and nothing is lost to rounding. Counting from the first request keeps the numbers small.
   */
  #units(nowMs: number): number {
    this.#nowMs = laterOf(this.#nowMs, nowMs);
    this.#startMs ??= this.#nowMs;
    return (this.#nowMs - this.#startMs) * this.#limit;
  }

  /** A little with every request, so that none of them pays for a great sweep. */
  #forgetFull(now: number): void {
    for (let forgotten = 0; forgotten < forgottenPerCheck; forgotten += 1) {
      const fullest = this.#byFullness.top;
      if (fullest === undefined || fullest.rank > now) {
        return;
      }
      this.#forget(fullest);
    }
  }

  #inheritedFullAt(): number {
    const fullest = this.#buckets.size >= this.#keysMax ? this.#byFullness.top : undefined;
    return fullest?.rank ?? 0;
  }

  #keep(key: string, bucket: Bucket | undefined, fullAt: number): void {
    if (bucket !== undefined) {
      this.#byFullness.rerank(bucket, fullAt);
      return;
    }
    const fullest = this.#byFullness.top;
    if (fullest !== undefined && this.#buckets.size >= this.#keysMax) {
      this.#forget(fullest);
    }
    const added: Bucket = { key, rank: fullAt, ...outsideHeap };
    this.#buckets.set(key, added);
    this.#byFullness.push(added);
  }

  #forget(bucket: Bucket): void {
    this.#byFullness.remove(bucket);
    this.#buckets.delete(bucket.key);
  }

  #answer(allowed: boolean, debt: number, excess: number): RateLimitAnswer {
    return {
      allowed,
      limit: this.#limit,
      remaining: Math.max(0, Math.floor((this.#capacity - debt) / this.#windowMs)),
      resetMs: Math.ceil(debt / this.#limit),
      retryAfterMs: Math.ceil(excess / this.#limit),
    };
  }
}
