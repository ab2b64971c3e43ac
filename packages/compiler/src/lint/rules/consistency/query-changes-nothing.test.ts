import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { queryChangesNothing } from "./query-changes-nothing.ts";

test("a query that emits an event is reported", () => {
  const { Orders, Order, customer, contexts } = sample();
  const OrderSeen = Orders.event("OrderSeen", { order: t.ref(Order) });
  Orders.query("getOrder", { allow: [customer], input: { order: t.ref(Order) }, ...({ emits: [OrderSeen] } as {}), async handle() {} });
  expect(findings(queryChangesNothing, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[consistency/query-changes-nothing] at orders.getOrder
      orders.getOrder is a query and emits orders.OrderSeen.
      why: Browsers, proxies and people repeat a GET whenever they like, and each time it would change something.
      fix: Make orders.getOrder a command, or take the change out of it."
  `);
});

test("a query that calls a command which writes is reported with both places", () => {
  const { Orders, Order, customer, contexts } = sample();
  const touch = Orders.command("touch", { allow: "system", writes: [Order], async handle() {} });
  Orders.query("getOrder", { allow: [customer], input: { order: t.ref(Order) }, calls: [touch], async handle() {} });
  expect(findings(queryChangesNothing, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[consistency/query-changes-nothing] at orders.getOrder
      orders.getOrder is a query and reaches orders.touch, which writes orders.Order.
      why: Browsers, proxies and people repeat a GET whenever they like, and each time it would change something.
      fix: Make orders.getOrder a command, or take the change out of it."
  `);
});

test("a query that calls another query is accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  const getNote = Orders.query("getNote", {
    allow: "system",
    reads: [Order],
    returns: t.text(),
    async handle() {
      return "";
    },
  });
  Orders.query("getOrder", { allow: [customer], input: { order: t.ref(Order) }, calls: [getNote], async handle() {} });
  expect(findings(queryChangesNothing, modelOf(contexts))).toBe("");
});
