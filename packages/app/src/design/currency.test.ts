import { expect, test } from "vitest";
import { refuseOtherCurrency } from "./currency.ts";

test("bills of one currency can be compared", () => {
  expect(() => refuseOtherCurrency("EUR", "EUR")).not.toThrow();
});

test("bills of two currencies cannot, and it is said how to mend it", () => {
  expect(() => refuseOtherCurrency("USD", "EUR")).toThrow("What stands today is reckoned in USD, and the proposed in EUR.");
});
