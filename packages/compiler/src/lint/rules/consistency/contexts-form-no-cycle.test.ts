import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { contextsFormNoCycle } from "./contexts-form-no-cycle.ts";

test("two contexts that refer to each other are reported with both places", () => {
  const { Identity, Order, customer, contexts } = sample();
  Identity.command("greet", { allow: [customer], input: { order: t.ref(Order) }, body: () => {} });
  expect(findings(contextsFormNoCycle, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[consistency/contexts-form-no-cycle] at identity.greet.input.order
      The contexts identity and orders lean on each other in a circle: identity.greet.input.order → orders.Order and orders.Order.buyer → identity.User.
      why: None of them can be understood, tested, deployed or moved out without the others.
      fix: Turn one of these round: let orders emit an event that identity reacts to."
  `);
});

test("a context that reacts to the event of one that it does not lean on is accepted", () => {
  const { Orders, Order, staff, contexts } = sample();
  const OrderClosed = Orders.event("OrderClosed", { order: t.ref(Order) });
  const Billing = context("billing");
  const settle = Billing.command("settle", { allow: "system", input: { order: t.ref(Order) }, body: () => {} });
  Orders.command("close", {
    allow: [staff],
    input: { order: t.ref(Order) },
    body: ({ input, emit }) => emit(OrderClosed, { order: input.order }),
  });
  Billing.on(OrderClosed, settle);
  expect(findings(contextsFormNoCycle, modelOf([...contexts, Billing]))).toBe("");
});
