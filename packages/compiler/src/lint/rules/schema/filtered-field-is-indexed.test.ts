import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { filteredFieldIsIndexed } from "./filtered-field-is-indexed.ts";

function withParcels(rows: number) {
  const { Orders, customer, contexts } = sample();
  const Parcel = Orders.entity(
    "Parcel",
    { id: t.id("par"), label: t.text().max(40).index(), city: t.text().max(80) },
    { access: [{ role: customer, can: ["read", "create"] }], expect: { rows } },
  );
  return { Orders, Parcel, customer, contexts };
}

test("a page that is filtered by a field without an index is reported", () => {
  const { Orders, Parcel, customer, contexts } = withParcels(50_000);
  Orders.query("parcelsTo", {
    allow: [customer],
    input: { city: t.text().max(80) },
    returns: t.page(Parcel),
    body: ({ input, page }) => page(Parcel, { where: (parcel) => parcel.city.eq(input.city) }),
  });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[schema/filtered-field-is-indexed] at orders.parcelsTo
      orders.parcelsTo selects orders.Parcel by city, without an index.
      why: Each time, the database reads every row of orders.Parcel to find the few that are meant.
      fix: Add .index() to city, or name them together in \`index\` of orders.Parcel."
  `);
});

test("a removal that looks at every row is reported", () => {
  const { Orders, Parcel, contexts } = withParcels(50_000);
  Orders.job("forgetBerlin", {
    every: "1d",
    body: ({ remove }) => remove(Parcel, (parcel) => parcel.city.eq("Berlin").or(parcel.label.eq("x"))),
  });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toContain("orders.forgetBerlin selects orders.Parcel by city");
});

test("a field without an index beside one that narrows is accepted", () => {
  const { Orders, Parcel, customer, contexts } = withParcels(50_000);
  Orders.query("parcelsTo", {
    allow: [customer],
    input: { label: t.text().max(40) },
    returns: t.page(Parcel),
    body: ({ input, page }) => page(Parcel, { where: (parcel) => parcel.label.eq(input.label).and(parcel.city.ne("Berlin")) }),
  });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toBe("");
});

test("a small table is read as a whole", () => {
  const { Orders, Parcel, customer, contexts } = withParcels(200);
  Orders.query("parcelsTo", {
    allow: [customer],
    input: { city: t.text().max(80) },
    returns: t.page(Parcel),
    body: ({ input, page }) => page(Parcel, { where: (parcel) => parcel.city.eq(input.city) }),
  });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toBe("");
});
