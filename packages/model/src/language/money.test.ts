import { expect, test } from "vitest";
import { compareDecimals, decimal, money } from "./money.ts";

test("money adds, subtracts and multiplies in minor units", () => {
  expect(money(1299, "EUR").times(3).plus(money(1, "EUR")).minus(money(98, "EUR")).amount).toBe(3800n);
});

test("two currencies do not add, even when the types are forced", () => {
  const dollars = money(1, "USD") as unknown as ReturnType<typeof money<"EUR">>;
  expect(() => money(1, "EUR").plus(dollars)).toThrow("EUR and USD do not add");
});

test("a fraction of a minor unit is refused", () => {
  expect(() => money(0.5, "EUR")).toThrow(RangeError);
});

test("decimals are exact where floats are not", () => {
  expect(decimal("0.1").plus(decimal("0.2")).digits).toBe("0.3");
  expect(decimal("-1.25").times(decimal("0.4")).digits).toBe("-0.500");
});

test("decimals compare by value, whatever their places", () => {
  expect([compareDecimals("1.5", "1.50"), compareDecimals("-2", "1"), compareDecimals("10", "9.99")]).toEqual([0, -1, 1]);
});
