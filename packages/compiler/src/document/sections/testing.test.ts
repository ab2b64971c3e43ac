import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf } from "../subject/testing.ts";
import { testing } from "./testing.ts";

const subject = subjectOf(sampleShop());

test("each kind of promise of the model has a test that names what it is about", () => {
  expect(linesAbout(testing, subject, "Repeated under one key | ")[0]).toContain("orders.placeOrder");
  expect(linesAbout(testing, subject, "Lifecycles | ")[0]).toContain("orders.Order.status: 1 of 2 moves allowed");
  expect(linesAbout(testing, subject, "Forged webhooks | ")[0]).toContain("bank");
  expect(linesAbout(testing, subject, "Jobs by the clock | ")[0]).toContain("orders.sweep");
});

test("what the model does not have is not tested", () => {
  expect(linesAbout(testing, subject, "Files | ")).toEqual([]);
  expect(linesAbout(testing, subject, "Tenants | ")).toEqual([]);
});

test("the numbers of a run under load are the peaks and the promises", () => {
  expect(linesAbout(testing, subject, "orders.placeOrder | 40/s")[0]).toMatch(/ms \| 400 ms$/);
});
