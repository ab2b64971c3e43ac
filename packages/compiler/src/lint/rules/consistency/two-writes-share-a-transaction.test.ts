import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { twoWritesShareATransaction } from "./two-writes-share-a-transaction.ts";

function withReserve() {
  const { Orders, Order, customer, contexts } = sample();
  const Catalog = context("catalog");
  const Product = Catalog.entity("Product", { id: t.id("prd") }, { access: [{ role: customer, can: ["read", "create"] }] });
  const reserve = Catalog.command("reserve", { allow: "system", writes: [Product], async handle() {} });
  return { Orders, Order, customer, contexts: [...contexts, Catalog], reserve };
}

test("two writes in two transactions are reported", () => {
  const { Orders, Order, customer, contexts, reserve } = withReserve();
  Orders.command("place", { allow: [customer], writes: [Order], calls: [reserve], async handle() {} });
  expect(findings(twoWritesShareATransaction, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[consistency/two-writes-share-a-transaction] at orders.place
      orders.place writes orders.Order, and calls catalog.reserve, which writes catalog.Product in a transaction of its own.
      why: If the second of the two fails, the first stays, and nothing undoes it.
      fix: List catalog.reserve under \`atomic\` to commit both at once, or emit an event and let catalog react to it."
  `);
});

test("two writes in one transaction are accepted", () => {
  const { Orders, Order, customer, contexts, reserve } = withReserve();
  Orders.command("place", { allow: [customer], writes: [Order], atomic: [reserve], async handle() {} });
  expect(findings(twoWritesShareATransaction, modelOf(contexts))).toBe("");
});
