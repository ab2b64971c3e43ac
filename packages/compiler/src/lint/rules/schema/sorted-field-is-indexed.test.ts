import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { sortedFieldIsIndexed } from "./sorted-field-is-indexed.ts";

function withParcels(sort: "city" | "label") {
  const { Orders, customer, contexts } = sample();
  const fields = { id: t.id("par"), label: t.text().max(40).index(), city: t.text().max(80) };
  const Parcel = Orders.entity("Parcel", fields, { access: [{ role: customer, can: ["read", "create"] }] });
  Orders.query("parcels", { allow: [customer], returns: t.page(Parcel), body: ({ page }) => page(Parcel, { sort }) });
  return modelOf(contexts);
}

test("a page sorted by a field without an index is reported", () => {
  expect(findings(sortedFieldIsIndexed, withParcels("city"))).toMatchInlineSnapshot(`
    "info[schema/sorted-field-is-indexed] at orders.parcels
      orders.parcels sorts orders.Parcel by city, without an index.
      why: For each page the database sorts all rows that match, to give away the first few.
      fix: Add .index() to city."
  `);
});

test("a page sorted by an indexed field is accepted", () => {
  expect(findings(sortedFieldIsIndexed, withParcels("label"))).toBe("");
});
