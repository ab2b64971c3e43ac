import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { messageGoesToAnActor } from "./message-goes-to-an-actor.ts";

function withConfirmation(to: "order" | "buyer") {
  const { Orders, Order, User, contexts } = sample();
  const OrderPlaced = Orders.event("OrderPlaced", { order: t.ref(Order), buyer: t.ref(User) });
  Orders.message("confirmation", { on: OrderPlaced, to: (event) => event[to], by: ["email"], subject: "Order {order}", text: "Thank you." });
  return modelOf(contexts);
}

test("a message to the id of something that has no account is reported", () => {
  expect(findings(messageGoesToAnActor, withConfirmation("order"))).toMatchInlineSnapshot();
});

test("a message to an actor is accepted", () => {
  expect(findings(messageGoesToAnActor, withConfirmation("buyer"))).toBe("");
});
