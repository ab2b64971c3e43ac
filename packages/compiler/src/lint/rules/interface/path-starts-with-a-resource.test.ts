import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { pathStartsWithAResource } from "./path-starts-with-a-resource.ts";

test("a path that begins with a parameter is reported", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("cancelOrder", { http: "POST /:order/cancel", allow: [customer], input: { order: t.ref(Order) }, async handle() {} });
  expect(findings(pathStartsWithAResource, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[interface/path-starts-with-a-resource] at orders.cancelOrder
      The path /:order/cancel of orders.cancelOrder does not begin with what it is about.
      why: A path that begins with a parameter answers to everything that no other route knows: a mistyped path becomes a strange input instead of a 404.
      fix: Begin with a collection, such as /orders/:order."
  `);
});

test("a path that begins with a collection is accepted", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("cancelOrder", {
    http: "POST /orders/:order/cancel",
    allow: [customer],
    input: { order: t.ref(Order) },
    async handle() {},
  });
  expect(findings(pathStartsWithAResource, modelOf(contexts))).toBe("");
});
