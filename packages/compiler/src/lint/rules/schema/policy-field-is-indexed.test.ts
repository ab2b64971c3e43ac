import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { policyFieldIsIndexed } from "./policy-field-is-indexed.ts";

function withParcel(city = t.text().max(80)) {
  const { Orders, customer, staff, contexts } = sample();
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), city }, { access: [{ role: staff, can: ["read", "create"] }] });
  return { Orders, Parcel, customer, contexts };
}

test("a list that an access rule narrows by a field without an index is reported", () => {
  const { Orders, Parcel, customer, contexts } = withParcel();
  Orders.access(Parcel, [{ role: customer, can: ["list"], where: ({ city }) => city.startsWith("Ber") }]);
  expect(findings(policyFieldIsIndexed, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[schema/policy-field-is-indexed] at orders.Parcel.access.1
      What customer may see of orders.Parcel depends on city, without an index.
      why: The rule becomes a part of every list that customer asks for: the database reads every row of orders.Parcel and throws away those of everybody else.
      fix: Add .index() to city."
  `);
});

test("two rules of one role, of which the schema makes no index of itself, are reported", () => {
  const { Orders, Parcel, customer, contexts } = withParcel();
  Orders.access(Parcel, [
    { role: customer, can: ["list"], where: ({ city }) => city.eq("Berlin") },
    { role: customer, can: ["list"], where: ({ city }) => city.eq("Bonn") },
  ]);
  expect(findings(policyFieldIsIndexed, modelOf(contexts)).match(/Add .*/g)).toEqual(["Add .index() to city.", "Add .index() to city."]);
});

test("a rule over an indexed field is accepted, and so is one that the schema makes an index for", () => {
  const indexed = withParcel(t.text().max(80).index());
  indexed.Orders.access(indexed.Parcel, [{ role: indexed.customer, can: ["list"], where: ({ city }) => city.startsWith("Ber") }]);
  expect(findings(policyFieldIsIndexed, modelOf(indexed.contexts))).toBe("");
  const plain = withParcel();
  plain.Orders.access(plain.Parcel, [{ role: plain.customer, can: ["list"], where: ({ city }) => city.eq("Berlin") }]);
  expect(findings(policyFieldIsIndexed, modelOf(plain.contexts))).toBe("");
});

test("a rule that only guards single rows is accepted until an operation pages them", () => {
  const { Orders, Parcel, customer, contexts } = withParcel();
  Orders.access(Parcel, [{ role: customer, can: ["read"], where: ({ city }) => city.startsWith("Ber") }]);
  expect(findings(policyFieldIsIndexed, modelOf(contexts))).toBe("");
  Orders.query("parcels", { allow: [customer], returns: t.page(Parcel), body: ({ page }) => page(Parcel) });
  expect(findings(policyFieldIsIndexed, modelOf(contexts))).toContain("depends on city");
});
