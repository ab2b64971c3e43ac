import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { moneyIsMoney } from "./money-is-money.ts";

test("a price as a decimal is reported", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("Offer", { id: t.id("off"), price: t.decimal(10, 2) }, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(moneyIsMoney, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[schema/money-is-money] at orders.Offer.price
      orders.Offer.price is a decimal and is called price, as if it were money.
      why: A number without its currency is added to one of another, and rounding that nobody chose loses cents.
      fix: Write t.money(…), which counts minor units of one currency; or a name that says what is counted."
  `);
});

test("a price as money and a total that counts are accepted", () => {
  const { Orders, customer, contexts } = sample();
  const fields = { id: t.id("off"), price: t.money("EUR"), total: t.int(), taxRate: t.decimal(4, 3) };
  Orders.entity("Offer", fields, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(moneyIsMoney, modelOf(contexts))).toBe("");
});
