import type { Currency, Decimal, Money } from "./values.ts";

/**
 * An amount of money.
 *
 * @param amount In minor units: 1299 for 12.99 EUR. A whole number.
 * @throws RangeError if the amount is no whole number.
 * @example
 * money(1299, "EUR").times(2).amount // 2598n
 */
export function money<C extends Currency>(amount: bigint | number, currency: C): Money<C> {
  return new MoneyAmount(BigInt(amount), currency);
}

/** A page of rows holds hundreds of amounts: they share their methods. */
class MoneyAmount<C extends Currency> implements Money<C> {
  readonly amount: bigint;
  readonly currency: C;

  constructor(amount: bigint, currency: C) {
    this.amount = amount;
    this.currency = currency;
  }

  plus(other: Money<C>): Money<C> {
    return new MoneyAmount(this.amount + sameCurrency(this.currency, other), this.currency);
  }

  minus(other: Money<C>): Money<C> {
    return new MoneyAmount(this.amount - sameCurrency(this.currency, other), this.currency);
  }

  times(count: number): Money<C> {
    return new MoneyAmount(this.amount * BigInt(count), this.currency);
  }
}

/**
 * An exact decimal number.
 *
 * @param digits Its text: "12.50", "-3".
 * @throws RangeError if the text is no decimal number.
 */
export function decimal(digits: string): Decimal {
  const value = parse(digits);
  return {
    digits,
    plus: (other) => {
      const places = Math.max(value.places, parse(other.digits).places);
      return decimal(print({ units: scaled(value, places) + scaled(parse(other.digits), places), places }));
    },
    times: (other) => {
      const factor = parse(other.digits);
      return decimal(print({ units: value.units * factor.units, places: value.places + factor.places }));
    },
  };
}

/** -1, 0 or 1, whatever the number of places: 1.5 equals 1.50. */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [parse(left), parse(right)];
  const places = Math.max(a.places, b.places);
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

interface Scaled {
  readonly units: bigint;
  readonly places: number;
}

function parse(digits: string): Scaled {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(digits);
  if (!match) throw new RangeError(`A decimal looks like "12.50", not "${digits}".`);
  const [, sign = "", whole = "", fraction = ""] = match;
  return { units: BigInt(`${sign}${whole}${fraction}`), places: fraction.length };
}

function scaled(value: Scaled, places: number): bigint {
  return value.units * 10n ** BigInt(places - value.places);
}

function print({ units, places }: Scaled): string {
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units).padStart(places + 1, "0");
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function sameCurrency(currency: string, other: Money): bigint {
  if (other.currency !== currency) throw new RangeError(`${currency} and ${other.currency} do not add. Convert one of them first.`);
  return other.amount;
}
