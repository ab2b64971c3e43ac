import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { querySaysWhoMay } from "./query-says-who-may.ts";

test("a query that does not say who may call it is reported", () => {
  const { Orders, Order, contexts } = sample();
  Orders.query("orders", { returns: t.page(Order), body: ({ page }) => page(Order) });
  expect(findings(querySaysWhoMay, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[security/query-says-who-may] at orders.orders
      orders.orders does not say who may call it, so anyone may, signed in or not.
      why: What it reads is public from the first day on, and nobody has decided that.
      fix: Say allow: "anyone" if that is meant, or allow: [customer, staff]."
  `);
});

test("a query that says who may call it is accepted, even if that is anyone", () => {
  const { Orders, Order, contexts } = sample();
  Orders.query("orders", { allow: "anyone", returns: t.page(Order), body: ({ page }) => page(Order) });
  expect(findings(querySaysWhoMay, modelOf(contexts))).toBe("");
});
