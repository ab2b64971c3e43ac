import { expect, test } from "vitest";
import { widthOf, wrapped } from "./text-width.ts";

test("wide letters are wider than narrow ones", () => {
  expect(widthOf("WWW", 14)).toBeGreaterThan(widthOf("iii", 14) * 3);
});

test("a line is broken between words", () => {
  expect(wrapped("keep OrderPlaced with the change", 12, 110)).toEqual(["keep OrderPlaced", "with the change"]);
});

test("a name that is too long is broken where its words meet", () => {
  expect(wrapped("createPaymentIntentForSubscription", 12, 130)).toEqual(["createPaymentIntent", "ForSubscription"]);
});

test("no line is wider than asked for", () => {
  const lines = wrapped("a".repeat(300), 12, 100);
  expect(Math.max(...lines.map((line) => widthOf(line, 12)))).toBeLessThanOrEqual(100);
  expect(lines.join("")).toBe("a".repeat(300));
});
