import { expect, test } from "vitest";
import { isNoImperative, isPlural, tellsOfThePast } from "./english.ts";

test("plurals, and words that have none, are plural", () => {
  expect(["orders", "people", "news", "staff"].filter(isPlural)).toEqual(["orders", "people", "news", "staff"]);
  expect(["order", "address", "analysis", "bus"].filter(isPlural)).toEqual([]);
});

test("a name tells of the past by a regular or an irregular word, and not by one that looks like it", () => {
  expect(["OrderPlaced", "PaymentSent", "UserSignedUp", "PasswordReset"].filter(tellsOfThePast)).toEqual([
    "OrderPlaced",
    "PaymentSent",
    "UserSignedUp",
    "PasswordReset",
  ]);
  expect(["PlaceOrder", "SeedNeed", "StockLow"].filter(tellsOfThePast)).toEqual([]);
});

test("a name that may be a verb is not called none", () => {
  const nouns = new Set(["order", "payment", "product"]);
  const isNone = (name: string): boolean => isNoImperative(name, nouns);
  expect(["placeOrder", "orderProduct", "mentionUser", "stringTogether", "yodel"].filter(isNone)).toEqual([]);
  expect(["orderPlace", "paymentStart", "productPrice", "registration", "removedUser"].filter(isNone)).toEqual([
    "orderPlace",
    "paymentStart",
    "productPrice",
    "registration",
    "removedUser",
  ]);
});
