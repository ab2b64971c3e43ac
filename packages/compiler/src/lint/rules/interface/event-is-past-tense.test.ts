import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { eventIsPastTense } from "./event-is-past-tense.ts";

test("an event that sounds like an order is reported", () => {
  const { Orders, Order, contexts } = sample();
  Orders.event("SendOrder", { order: t.ref(Order) });
  expect(findings(eventIsPastTense, modelOf(contexts))).toMatchInlineSnapshot(`
    "info[interface/event-is-past-tense] at orders.SendOrder
      The event orders.SendOrder does not say what has happened.
      why: An event tells of the past. A name that sounds like an order is read as one, and then its emitter waits for somebody to carry it out.
      fix: Name it after what is done by then, such as OrderPlaced or PaymentFailed."
  `);
});

test("events that tell of the past are accepted, regular or not", () => {
  const { Orders, Order, contexts } = sample();
  for (const name of ["OrderPlaced", "OrderSent", "OrderPaidInFull", "UserSignedUp", "PriceWentUp"])
    Orders.event(name, { order: t.ref(Order) });
  expect(findings(eventIsPastTense, modelOf(contexts))).toBe("");
});
