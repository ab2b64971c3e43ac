import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { expressionFields } from "./expression-fields.ts";
import { factsOf } from "./facts.ts";

test("pages, targets and access rules say which fields they select and sort by", () => {
  const { Orders, Order, staff, contexts } = sample();
  Orders.query("orders", { allow: [staff], returns: t.page(Order), body: ({ page }) => page(Order, { sort: "-note" }) });
  Orders.job("forget", { every: "1d", body: ({ remove }) => remove(Order, ({ note }) => note.eq("old")) });
  const { selections } = factsOf(modelOf(contexts));
  const told = selections.map(({ by, use, condition, sort }) => {
    const fields = condition ? expressionFields(condition).map(({ variable, field }) => `${variable}.${field}`) : [];
    return [by, use, fields.join(), sort?.field ?? ""];
  });
  expect(told).toEqual([
    ["orders.orders", "page", "", "note"],
    ["orders.forget", "target", "row.note", ""],
    ["identity.User.access.0", "policy", "row.id,me.id", ""],
    ["orders.Order.access.0", "policy", "row.buyer,me.id", ""],
  ]);
});
