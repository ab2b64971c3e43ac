import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { declaredErrorIsRaised } from "./declared-error-is-raised.ts";

function withReadOrder(raised: "raised" | "forgotten") {
  const { Orders, Order, customer, contexts } = sample();
  Orders.query("readOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    returns: Order,
    errors: { Hidden: 410 },
    body: ({ input, get, require, fail }) => {
      const order = get(Order, input.order);
      if (raised === "raised") require(order.note.ne("hidden"), fail("Hidden"));
      return order;
    },
  });
  return modelOf(contexts);
}

test("an error that a body never ends in is reported", () => {
  expect(findings(declaredErrorIsRaised, withReadOrder("forgotten"))).toMatchInlineSnapshot(`
    "info[interface/declared-error-is-raised] at orders.readOrder
      orders.readOrder declares Hidden and never ends in it.
      why: The contract tells every client to be ready for an answer that cannot come.
      fix: Raise it with fail(…), or take it out of \`errors\`."
  `);
});

test("an error that a body ends in is accepted", () => {
  expect(findings(declaredErrorIsRaised, withReadOrder("raised"))).toBe("");
});
