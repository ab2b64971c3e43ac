// Values with units. A number without its unit does not compile.
export type Currency = "EUR" | "USD" | "GBP" | "CHF" | "SEK" | "PLN" | "JPY";
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}`;
export type Rate = `${number}/${"s" | "min" | "h" | "day"}`;
export type Percent = `${number}%`;
export type Budget = `${number} ${Currency}/month`;
export type Size = `${number}${"KB" | "MB" | "GB" | "TB"}`;
export type Cron = `${string} ${string} ${string} ${string} ${string}`;
export type CalendarDate = `${number}-${number}-${number}`;

declare const of: unique symbol;
/** The id of a row. The id of a user does not fit where the id of an order is wanted. */
export type Id<Name extends string> = string & { readonly [of]: Name };

/** Minor units and a currency, never a float. Two currencies do not add. */
export interface Money<C extends Currency = Currency> {
  readonly amount: bigint;
  readonly currency: C;
  plus(other: Money<C>): Money<C>;
  minus(other: Money<C>): Money<C>;
  times(count: number): Money<C>;
}

/** An exact decimal number. `digits` is its text: '12.50'. */
export interface Decimal {
  readonly digits: string;
  plus(other: Decimal): Decimal;
  times(other: Decimal): Decimal;
}

/** A question the model leaves open: what is assumed meanwhile, and how far off it may be. */
export interface Unknown<out T> {
  readonly kind: "unknown";
  readonly ask: string;
  readonly assumed: T;
  readonly range?: readonly [T, T];
}
export type Known<T> = T | Unknown<T>;

/**
 * A number that nobody knows yet.
 *
 * @param ask The question, in words that a product owner can answer.
 * @param assumed What is reckoned with until it is answered.
 * @param range How far off the assumption may be.
 * @example
 * peak: unknown("How strong is the busiest day?", "60/s", ["20/s", "400/s"])
 */
export const unknown = <T extends string | number>(ask: string, assumed: T, range?: readonly [low: T, high: T]): Unknown<T> => ({
  kind: "unknown",
  ask,
  assumed,
  ...(range && { range }),
});
