import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { expressionFields, rowFields } from "./expression-fields.ts";

const { Orders, customer, contexts } = sample();
Orders.entity(
  "Basket",
  {
    id: t.id("bsk"),
    lines: t.list({ price: t.money("EUR"), quantity: t.int() }).max(9),
    total: t.money("EUR"),
    owner: t.text(),
    note: t.text().optional(),
  },
  {
    access: [{ role: customer, can: ["read"], where: (basket, me) => basket.owner.eq(me.id as never).or(basket.note.isMissing().not()) }],
    invariants: { sum: (basket) => basket.total.eq(basket.lines.sum((line) => line.price.times(line.quantity))) },
  },
);
const basket = modelOf(contexts).entities.find(({ name }) => name === "Basket");

test("every field is named once, with its variable and the entity of a row", () => {
  const uses = basket?.access[0]?.where && expressionFields(basket.access[0].where);
  expect(uses).toEqual([
    { variable: "row", entity: "orders.Basket", field: "owner" },
    { variable: "me", field: "id" },
    { variable: "row", entity: "orders.Basket", field: "note" },
  ]);
});

test("the fields inside a list belong to its items, not to the row", () => {
  expect(basket?.invariants[0] && rowFields(basket.invariants[0].holds)).toEqual(["total", "lines"]);
});
