import { expect, test } from "vitest";
import { kebab, plural, sentenceCase } from "./words.ts";

test("a name is taken apart where its case, a point or an underscore does", () => {
  expect(["placeOrder", "HTTPRoute", "payment_intent.succeeded", "line2Total"].map(kebab)).toEqual([
    "place-order",
    "http-route",
    "payment-intent-succeeded",
    "line2-total",
  ]);
});

test("a name reads as the beginning of a sentence", () => {
  expect(sentenceCase("placeOrder")).toBe("Place order");
});

test("a plural follows the ending", () => {
  expect(["product", "category", "day", "box", "bus", "branch"].map(plural)).toEqual([
    "products",
    "categories",
    "days",
    "boxes",
    "buses",
    "branches",
  ]);
});
