import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { inputListHasMax } from "./input-list-has-max.ts";

test("an input list without a maximum is reported", () => {
  const { Orders, customer, contexts } = sample();
  Orders.command("placeOrder", { allow: [customer], input: { items: t.list({ quantity: t.int() }) }, body: () => {} });
  expect(findings(inputListHasMax, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[capacity/input-list-has-max] at orders.placeOrder.input.items
      orders.placeOrder.input.items is a list without a maximum.
      why: One request may bring as many items as fit into its body, each of which is a row to lock or to write in the same transaction.
      fix: Add .max(…): the most that anybody sends at once."
  `);
});

test("an input list with a maximum is accepted", () => {
  const { Orders, customer, contexts } = sample();
  Orders.command("placeOrder", { allow: [customer], input: { items: t.list({ quantity: t.int() }).max(50) }, body: () => {} });
  expect(findings(inputListHasMax, modelOf(contexts))).toBe("");
});
