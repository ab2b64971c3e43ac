import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { nameHasItsCase } from "./name-has-its-case.ts";

test("names in another case are reported, each with the better one", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("gift_card", { id: t.id("gft"), sent_at: t.time().now() }, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(nameHasItsCase, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[interface/name-has-its-case] at orders.gift_card
      orders.gift_card is an entity, and is not written in PascalCase.
      why: Names become types, columns, routes and JSON: one in another case reads as a mistake in each of them.
      fix: Call it GiftCard.
    warning[interface/name-has-its-case] at orders.gift_card.sent_at
      orders.gift_card.sent_at is a field, and is not written in camelCase.
      why: Names become types, columns, routes and JSON: one in another case reads as a mistake in each of them.
      fix: Call it sentAt."
  `);
});

test("an error in another case is reported", () => {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("packOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    errors: { not_ready: 409 },
    body: ({ input, get, require, fail }) => require(get(Order, input.order).note.eq("ready"), fail("not_ready")),
  });
  expect(findings(nameHasItsCase, modelOf(contexts))).toContain("Call it NotReady.");
});

test("names in their case are accepted", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("GiftCard", { id: t.id("gft"), sentAt: t.time().now() }, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(nameHasItsCase, modelOf(contexts))).toBe("");
});
