import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { awaitedEventIsEmitted } from "./awaited-event-is-emitted.ts";

function withReaction() {
  const { Orders, Order, customer, contexts } = sample();
  const OrderPacked = Orders.event("OrderPacked", { order: t.ref(Order) });
  const input = { order: t.ref(Order) };
  const sendOrder = Orders.command("sendOrder", {
    allow: "system",
    input,
    body: ({ input: { order }, update }) => void update(Order, order, { note: "sent" }),
  });
  Orders.on(OrderPacked, sendOrder);
  return { Orders, OrderPacked, customer, contexts, input };
}

test("an event that somebody reacts to and nobody emits is reported", () => {
  expect(findings(awaitedEventIsEmitted, modelOf(withReaction().contexts))).toMatchInlineSnapshot(`
    "warning[lifecycle/awaited-event-is-emitted] at orders.OrderPacked
      orders.sendOrder waits for orders.OrderPacked, which nothing emits.
      why: It never runs, and no log shows that it did not.
      fix: Emit orders.OrderPacked where it happens, or take the wait out."
  `);
});

test("an event that somebody emits is accepted", () => {
  const { Orders, OrderPacked, customer, contexts, input } = withReaction();
  Orders.command("packOrder", { allow: [customer], input, body: ({ input: { order }, emit }) => emit(OrderPacked, { order }) });
  expect(findings(awaitedEventIsEmitted, modelOf(contexts))).toBe("");
});
