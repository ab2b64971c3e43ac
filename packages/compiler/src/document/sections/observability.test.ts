import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { observability } from "./observability.ts";

const subject = subjectOf(sampleShop());

test("a promise has its budget in a month and the share of errors that pages", () => {
  expect(linesAbout(observability, subject, "orders.placeOrder | 99 %")[0]).toBe(
    "orders.placeOrder | 99 % within 400 ms | 99.9 % | 43.8 min | 1.44 % | 14,400 | enough for a burn rate",
  );
});

test("an operation that is asked too seldom for its promise is said to be so", () => {
  expect(linesAbout(observability, subject, "orders.pay | 99 %")[0]).toContain("too few: the promise allows 1.44 failures in an hour");
});

test("burn rates page over two windows each", () => {
  const lines = toldBy(observability, subject);
  expect(lines).toContain("14.4 × | 1 h and 5 min | 1.44 % | 2 % | a page");
  expect(lines).toContain("1 × | 3 d and 6 h | 0.1 % | 10 % | a ticket");
});

test("what runs behind events opens a ticket, and wakes nobody", () => {
  expect(linesAbout(observability, subject, "Opens a ticket")[0]).toContain("orders.greet and orders.settle");
});
