import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { eventComesFromItsContext } from "./event-comes-from-its-context.ts";

test("a command that emits the event of another context is reported", () => {
  const { Orders, Order, staff, contexts } = sample();
  const OrderClosed = Orders.event("OrderClosed", { order: t.ref(Order) });
  const Billing = context("billing");
  Billing.command("settle", { allow: [staff], emits: [OrderClosed] as never, async handle() {} });
  expect(findings(eventComesFromItsContext, modelOf([...contexts, Billing]))).toMatchInlineSnapshot(`
    "error[consistency/event-comes-from-its-context] at billing.settle
      billing.settle emits orders.OrderClosed, an event of orders.
      why: Who reacts to orders.OrderClosed believes that orders has done what it tells, and only orders can know.
      fix: Let a command of orders emit it, or give billing an event of its own."
  `);
});

test("a command that emits an event of its own context is accepted", () => {
  const { Orders, Order, staff, contexts } = sample();
  const OrderClosed = Orders.event("OrderClosed", { order: t.ref(Order) });
  Orders.command("close", { allow: [staff], emits: [OrderClosed], async handle() {} });
  expect(findings(eventComesFromItsContext, modelOf(contexts))).toBe("");
});
