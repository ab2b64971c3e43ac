import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { policyFieldIsIndexed } from "./policy-field-is-indexed.ts";

function withParcels(city: "plain" | "indexed", can: "list" | "read") {
  const { Orders, customer, contexts } = sample();
  const text = t.text().max(80);
  Orders.entity(
    "Parcel",
    { id: t.id("par"), city: city === "indexed" ? text.index() : text },
    {
      access: [
        { role: customer, can: [can], where: (parcel) => parcel.city.eq("Berlin") },
        { role: customer, can: ["create"] },
      ],
    },
  );
  return modelOf(contexts);
}

test("a list that an access rule narrows by a field without an index is reported", () => {
  expect(findings(policyFieldIsIndexed, withParcels("plain", "list"))).toMatchInlineSnapshot(`
    "warning[schema/policy-field-is-indexed] at orders.Parcel.access.0
      What customer may see of orders.Parcel depends on city, without an index.
      why: The rule becomes a part of every list that customer asks for: the database reads every row of orders.Parcel and throws away those of everybody else.
      fix: Add .index() to city."
  `);
});

test("a rule over an indexed field is accepted, and so is one that only guards single rows", () => {
  expect(findings(policyFieldIsIndexed, withParcels("indexed", "list"))).toBe("");
  expect(findings(policyFieldIsIndexed, withParcels("plain", "read"))).toBe("");
});
