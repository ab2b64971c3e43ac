import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { entityListHasMax } from "./entity-list-has-max.ts";

test("a list of an entity without a maximum is reported", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity(
    "Basket",
    { id: t.id("bsk"), items: t.list({ quantity: t.int() }) },
    { access: [{ role: customer, can: ["read", "create"] }] },
  );
  expect(findings(entityListHasMax, modelOf(contexts))).toMatchInlineSnapshot(`
    "info[capacity/entity-list-has-max] at orders.Basket.items
      orders.Basket.items is a list without a maximum.
      why: Each read of orders.Basket brings all of its items along, so the rows that are used most get slower every day.
      fix: Add .max(…), or make the items an entity of their own, which is read by pages."
  `);
});

test("a list of an entity with a maximum is accepted", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity(
    "Basket",
    { id: t.id("bsk"), items: t.list({ quantity: t.int() }).max(50) },
    { access: [{ role: customer, can: ["read", "create"] }] },
  );
  expect(findings(entityListHasMax, modelOf(contexts))).toBe("");
});
