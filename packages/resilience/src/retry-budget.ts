import { assertInRange } from "./range.ts";

export interface RetryBudgetOptions {
  /** Retries that one success pays for: 0 to 1. Default 0.1, a retry for every ten successes. */
  readonly retriesPerSuccess?: number;
  /** Retries that can be saved up, and that are there at the start: 0 to 1,000,000. Default 10. */
  readonly retriesMax?: number;
}

/** Counting in whole millionths keeps ten deposits of 0.1 equal to one retry, which binary fractions do not. */
const unitsPerRetry = 1_000_000;

/**
 * Bounds retries by what succeeds: each success deposits a part of a token, each retry takes a whole one. When the callee stops
 * answering the deposits stop, and so do the retries: it is the cure for a retry storm that backoff is not. In any stretch there are
 * at most `retriesPerSuccess` × successes + `retriesMax` retries.
 *
 * @example
 * const budget = new RetryBudget({ retriesMax: 1 });
 * budget.trySpend(); // true
 * budget.trySpend(); // false, until ten calls have succeeded
 *
 * @throws RangeError if an option is out of its range.
 */
export class RetryBudget {
  readonly #depositUnits: number;
  readonly #unitsMax: number;
  #units: number;

  constructor({ retriesPerSuccess = 0.1, retriesMax = 10 }: RetryBudgetOptions = {}) {
    assertInRange("retriesPerSuccess", retriesPerSuccess, { min: 0, max: 1 });
    assertInRange("retriesMax", retriesMax, { min: 0, max: 1_000_000 });
    this.#depositUnits = Math.floor(retriesPerSuccess * unitsPerRetry);
    this.#unitsMax = Math.floor(retriesMax * unitsPerRetry);
    this.#units = this.#unitsMax;
  }

  /** A call has succeeded, at the first attempt or a later one. */
  deposit(): void {
    this.#units = Math.min(this.#unitsMax, this.#units + this.#depositUnits);
  }

  /** Takes one retry from the budget; `false` means that there is none left and the failure must be reported. */
  trySpend(): boolean {
    if (this.#units < unitsPerRetry) {
      return false;
    }
    this.#units -= unitsPerRetry;
    return true;
  }

  /** Retries that are left, with their fraction. */
  get retriesLeft(): number {
    return this.#units / unitsPerRetry;
  }
}
