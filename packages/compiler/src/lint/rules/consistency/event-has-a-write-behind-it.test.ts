import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { eventHasAWriteBehindIt } from "./event-has-a-write-behind-it.ts";

const parcels = () =>
  integration("parcels", { calls: { sendParcel: { p50: "100ms", p99: "300ms" } }, onFailure: { timeout: "1s", retries: 0, then: "fail" } });

test("a command that calls a third party and tells of it without a row is reported", () => {
  const { Orders, Order, customer, contexts } = sample();
  const OrderSent = Orders.event("OrderSent", { order: t.ref(Order) });
  Orders.command("sendOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    calls: [parcels().sendParcel],
    emits: [OrderSent],
    idempotent: "required",
    async handle() {},
  });
  expect(findings(eventHasAWriteBehindIt, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[consistency/event-has-a-write-behind-it] at orders.sendOrder
      orders.sendOrder calls parcels.sendParcel and emits orders.OrderSent, and writes nothing.
      why: An event is kept by the transaction of a write. Here it is the only record: if the process dies after the call, the thing is done and nobody is told.
      fix: Write a row of orders that says what is about to be done, and emit the event when the row says that it is."
  `);
});

test("a command whose transaction writes through another command is accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  const OrderSent = Orders.event("OrderSent", { order: t.ref(Order) });
  const noteSending = Orders.command("noteSending", { allow: "system", writes: [Order], async handle() {} });
  Orders.command("sendOrder", {
    allow: [customer],
    calls: [parcels().sendParcel],
    atomic: [noteSending],
    emits: [OrderSent],
    idempotent: "required",
    async handle() {},
  });
  expect(findings(eventHasAWriteBehindIt, modelOf(contexts))).toBe("");
});

test("a command that writes what it did is accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  const OrderSent = Orders.event("OrderSent", { order: t.ref(Order) });
  Orders.command("sendOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    calls: [parcels().sendParcel],
    writes: [Order],
    emits: [OrderSent],
    idempotent: "required",
    async handle() {},
  });
  expect(findings(eventHasAWriteBehindIt, modelOf(contexts))).toBe("");
});
