import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { pathIsPlural } from "./path-is-plural.ts";

test("a collection in the singular is reported", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("cancelOrder", {
    http: "POST /order/:order/cancel",
    allow: [customer],
    input: { order: t.ref(Order) },
    async handle() {},
  });
  expect(findings(pathIsPlural, modelOf(contexts))).toMatchInlineSnapshot(`
    "info[interface/path-is-plural] at orders.cancelOrder
      The path /order/:order/cancel of orders.cancelOrder calls a collection order.
      why: The routes of entities are plural. A client that knows /orders has to guess which of the two it is here.
      fix: Write /orders."
  `);
});

test("plurals, single things below one and what is no collection are accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("payOrder", { http: "POST /orders/:order/payment", allow: [customer], input: { order: t.ref(Order) }, async handle() {} });
  Orders.query("orderByNumber", {
    http: "GET /orders/by-number/:number",
    allow: [customer],
    input: { number: t.text() },
    async handle() {},
  });
  Orders.command("confirmMail", { http: "POST /verify/:token", allow: [customer], input: { token: t.text().max(80) }, async handle() {} });
  expect(findings(pathIsPlural, modelOf(contexts))).toBe("");
});
