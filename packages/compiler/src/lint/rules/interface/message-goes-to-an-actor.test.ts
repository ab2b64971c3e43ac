import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { messageGoesToAnActor } from "./message-goes-to-an-actor.ts";

function withConfirmation(to: "order" | "buyer") {
  const { Orders, Order, User, customer, contexts } = sample();
  const OrderPlaced = Orders.event("OrderPlaced", { order: t.ref(Order), buyer: t.ref(User) });
  Orders.command("remindOfOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    body: ({ input: { order }, me, emit }) => emit(OrderPlaced, { order, buyer: me.id }),
  });
  Orders.message("confirmation", {
    on: OrderPlaced,
    to: (event) => event[to],
    by: ["email"],
    subject: "Order {order}",
    text: "Thank you.",
  });
  return modelOf(contexts);
}

test("a message to the id of something that has no account is reported", () => {
  expect(findings(messageGoesToAnActor, withConfirmation("order"))).toMatchInlineSnapshot(`
    "error[interface/message-goes-to-an-actor] at orders.confirmation
      orders.confirmation is sent to the id of orders.Order, which is nobody's account.
      why: A message needs a person with an address; there is none behind this id, so it is never delivered.
      fix: Send it to the id of an entity that a role names as its actor: identity.User."
  `);
});

test("a message to an actor is accepted", () => {
  expect(findings(messageGoesToAnActor, withConfirmation("buyer"))).toBe("");
});
