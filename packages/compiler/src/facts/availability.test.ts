import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { factsOf } from "./facts.ts";

test("a chain is as available as the product of its links, in however many steps", () => {
  const { Orders, customer, contexts } = sample();
  const facts = { allow: "system", slo: { p99: "50ms", availability: "99.9%" }, async handle() {} } as const;
  const [first, second] = [Orders.query("first", facts), Orders.query("second", facts)];
  const silent = Orders.query("silent", { allow: "system", calls: [first], async handle() {} });
  Orders.query("show", { allow: [customer], calls: [silent, second], async handle() {} });
  const { share, parts } = factsOf(modelOf(contexts)).availabilityOf("orders.show");
  expect(share).toBeCloseTo(0.999 * 0.999, 12);
  expect(parts.map(({ callee }) => callee)).toEqual(["orders.second", "orders.silent"]);
});

test("what runs inside the caller's own transaction fails with it and is not counted", () => {
  const { Orders, Order, customer, contexts } = sample();
  const inside = Orders.command("inside", {
    allow: "system",
    writes: [Order],
    slo: { p99: "50ms", availability: "99%" },
    async handle() {},
  });
  Orders.command("outside", { allow: [customer], atomic: [inside], async handle() {} });
  expect(factsOf(modelOf(contexts)).availabilityOf("orders.outside").share).toBe(1);
});
