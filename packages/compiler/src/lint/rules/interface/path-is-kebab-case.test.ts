import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { pathIsKebabCase } from "./path-is-kebab-case.ts";

test("a path in camel case is reported", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("cancelOrder", {
    http: "POST /myOrders/:order/cancel",
    allow: [customer],
    input: { order: t.ref(Order) },
    async handle() {},
  });
  expect(findings(pathIsKebabCase, modelOf(contexts))).toMatchInlineSnapshot(`
    "info[interface/path-is-kebab-case] at orders.cancelOrder
      The path /myOrders/:order/cancel of orders.cancelOrder is not written in small letters with hyphens.
      why: Paths tell large letters from small ones, and people who type or say them do not.
      fix: Write /my-orders/:order/cancel."
  `);
});

test("a path with hyphens is accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("cancelOrder", {
    http: "POST /v1.1/my-orders/:order/cancel",
    allow: [customer],
    input: { order: t.ref(Order) },
    async handle() {},
  });
  expect(findings(pathIsKebabCase, modelOf(contexts))).toBe("");
});
