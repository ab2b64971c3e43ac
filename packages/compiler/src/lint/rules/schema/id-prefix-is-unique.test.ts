import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { idPrefixIsUnique } from "./id-prefix-is-unique.ts";

function withOrderLabel(prefix: "ord" | "olb") {
  const { Orders, customer, contexts } = sample();
  Orders.entity("OrderLabel", { id: t.id(prefix), weight: t.int() }, { access: [{ role: customer, can: ["read", "create"] }] });
  return modelOf(contexts);
}

test("two entities with the same id prefix are reported with both places", () => {
  expect(findings(idPrefixIsUnique, withOrderLabel("ord"))).toMatchInlineSnapshot(`
    "warning[schema/id-prefix-is-unique] at orders.Order.id
      The ids of orders.Order and orders.OrderLabel all begin with ord_.
      why: An id in a log, a link or a support request no longer says what it is the id of, and one passes for the other.
      fix: Give each entity a prefix of its own."
  `);
});

test("a prefix for each entity is accepted", () => {
  expect(findings(idPrefixIsUnique, withOrderLabel("olb"))).toBe("");
});
