import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { creatingCommandTakesAKey } from "./creating-command-takes-a-key.ts";

function withPlaceOrder(said: { idempotent?: "required" }) {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("placeOrder", { allow: [customer], ...said, body: ({ me, create }) => create(Order, { buyer: me.id, note: "" }) });
  return modelOf(contexts);
}

test("a command that creates a row at each run is reported", () => {
  expect(findings(creatingCommandTakesAKey, withPlaceOrder({}))).toMatchInlineSnapshot(`
    "info[reliability/creating-command-takes-a-key] at orders.placeOrder
      orders.placeOrder creates orders.Order and takes no Idempotency-Key.
      why: A client that got no answer sends the request again, and then there are two.
      fix: Say idempotent: "required"; or "no" if two are as good as one."
  `);
});

test("a command that takes a key is accepted", () => {
  expect(findings(creatingCommandTakesAKey, withPlaceOrder({ idempotent: "required" }))).toBe("");
});
