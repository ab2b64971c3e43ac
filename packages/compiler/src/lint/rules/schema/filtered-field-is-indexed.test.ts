import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { filteredFieldIsIndexed } from "./filtered-field-is-indexed.ts";

function withParcel(rows: number) {
  const { Orders, customer, contexts } = sample();
  const Parcel = Orders.entity(
    "Parcel",
    { id: t.id("par"), label: t.text().max(40).index(), city: t.text().max(80), street: t.text().max(80) },
    { access: [{ role: customer, can: ["read", "create"] }], expect: { rows } },
  );
  const query = { allow: [customer], input: { text: t.text().max(80) }, returns: t.page(Parcel) } as const;
  return { Orders, Parcel, contexts, query };
}

test("a page that is filtered by fields without an index is reported", () => {
  const { Orders, Parcel, contexts, query } = withParcel(50_000);
  Orders.query("parcelsTo", {
    ...query,
    body: ({ input, page }) => page(Parcel, { where: ({ city, street }) => city.startsWith(input.text).or(street.matches(input.text)) }),
  });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[schema/filtered-field-is-indexed] at orders.parcelsTo
      orders.parcelsTo selects orders.Parcel by city and street, without an index.
      why: Each time, the database reads every row of orders.Parcel to find the few that are meant.
      fix: Add .index() to city and .search() to street."
  `);
});

test("a removal that looks at every row is reported", () => {
  const { Orders, Parcel, contexts } = withParcel(50_000);
  Orders.job("forgetBerlin", { every: "1d", body: ({ remove }) => remove(Parcel, ({ city }) => city.eq("Berlin")) });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toContain("orders.forgetBerlin selects orders.Parcel by city");
});

test("a field beside one that narrows is accepted, and so is a page that the schema makes an index for", () => {
  const { Orders, Parcel, contexts, query } = withParcel(50_000);
  Orders.query("parcelsOf", {
    ...query,
    body: ({ input, page }) => page(Parcel, { where: ({ label, city }) => label.startsWith(input.text).and(city.ne("Berlin")) }),
  });
  Orders.query("parcelsTo", { ...query, body: ({ input, page }) => page(Parcel, { where: ({ city }) => city.eq(input.text) }) });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toBe("");
});

test("a small table is read as a whole", () => {
  const { Orders, Parcel, contexts, query } = withParcel(200);
  Orders.query("parcelsTo", { ...query, body: ({ input, page }) => page(Parcel, { where: ({ city }) => city.startsWith(input.text) }) });
  expect(findings(filteredFieldIsIndexed, modelOf(contexts))).toBe("");
});
