import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { factsOf } from "./facts.ts";
import { indexedFields, unindexedFields } from "./indexed-fields.ts";

const { Orders, Order, staff, contexts } = sample();
const Parcel = Orders.entity(
  "Parcel",
  {
    id: t.id("par"),
    order: t.ref(Order),
    code: t.text().unique(),
    label: t.text().index(),
    words: t.text().search(),
    city: t.text(),
    weight: t.int(),
    heavy: t.bool(),
    sentAt: t.time().now(),
  },
  { index: [["sentAt", "city"]], access: [{ role: staff, can: ["read", "create"] }] },
);
Orders.query("pages", {
  allow: [staff],
  body: ({ page }) => {
    page(Parcel, { where: ({ label }) => label.eq("x") });
    page(Parcel, { where: ({ sentAt }) => sentAt.olderThan("90d") });
    page(Parcel, { where: ({ words }) => words.matches("x") });
    page(Parcel, { where: ({ label, city }) => label.eq("x").and(city.eq("y")) });
    page(Parcel, { where: ({ label, code }) => label.eq("x").or(code.eq("y")) });
    page(Parcel, { where: ({ label, city }) => label.eq("x").or(city.eq("y")) });
    page(Parcel, { where: ({ city, weight }) => city.eq("y").and(weight.above(3)) });
    page(Parcel, { where: ({ words }) => words.eq("x") });
    page(Parcel, { where: ({ label }) => label.ne("x") });
    page(Parcel, { where: ({ label, city }) => label.ne("x").and(city.eq("y")) });
    page(Parcel, { where: ({ heavy }) => heavy.not() });
  },
});
const { items, selections } = factsOf(modelOf(contexts));
const parcel = items.entities.get("orders.Parcel");

test("ids, references, unique and indexed fields and the first of several are indexed", () => {
  expect(parcel && [...indexedFields(parcel)]).toEqual(["id", "order", "code", "label", "sentAt"]);
});

test("a condition lacks an index where none of its fields narrows the rows down", () => {
  const lacking = selections
    .filter(({ use }) => use === "page")
    .map(({ condition }) => condition && parcel && unindexedFields(condition, parcel));
  expect(lacking).toEqual([
    [], // an indexed field
    [], // the first field of an index of several, in a range
    [], // the words of a searchable field
    [], // one indexed part of an `and`
    [], // every branch of an `or`
    ["city"], // a branch of an `or` that has none
    ["city", "weight"], // no part of an `and`
    [], // a searchable field as a whole: there is an index to complain about, though not of this use
    [], // an indexed field that is denied: nothing would help
    ["city"], // the part of an `and` that an index could help, beside one that none can
    ["heavy"],
  ]);
});
