import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { emitSql } from "../emit/sql/emit-sql.ts";
import { factsOf } from "./facts.ts";
import { entityIndexes, indexedFields, missingIndexes } from "./indexed-fields.ts";

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
    marks: t.list({ size: t.int() }).max(9),
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
    page(Parcel, { where: ({ city, weight }) => city.startsWith("y").and(weight.above(3)) });
    page(Parcel, { where: ({ city }) => city.matches("x") });
    page(Parcel, { where: ({ words }) => words.eq("x") });
    page(Parcel, { where: ({ label }) => label.ne("x") });
    page(Parcel, { where: ({ label, city }) => label.ne("x").and(city.ne("y")) });
    page(Parcel, { where: ({ heavy }) => heavy.not() });
    page(Parcel, { where: ({ marks }) => marks.some(({ size }) => size.above(3)) });
  },
});
const { items, selections } = factsOf(modelOf(contexts));
const parcel = items.entities.get("orders.Parcel");

test("ids, references, unique and indexed fields and the first of several are indexed", () => {
  expect(parcel && [...indexedFields(parcel)]).toEqual(["id", "order", "code", "label", "sentAt"]);
});

test("each index counts once, with what it is for", () => {
  expect(parcel && entityIndexes(parcel).map(({ of, fields }) => `${of} ${fields.join()}`)).toEqual([
    "key id",
    "value order",
    "unique code",
    "value label",
    "words words",
    "value sentAt,city",
  ]);
});

function missing(hasOwn: boolean): readonly string[] {
  const conditions = selections.filter(({ use }) => use === "page").flatMap(({ condition }) => condition ?? []);
  return conditions.map((condition) =>
    (parcel ? missingIndexes(condition, parcel, hasOwn) : []).map(({ field, of }) => `${of} of ${field}`).join(),
  );
}

test("a condition lacks an index where none of its fields narrows the rows down", () => {
  expect(missing(false)).toEqual([
    "", // an indexed field
    "", // the first field of an index of several, in a range
    "", // the words of a searchable field
    "", // one indexed part of an `and`
    "", // every branch of an `or`
    "value of city", // a branch of an `or` that has none
    "value of city,value of weight", // no part of an `and`
    "value of city,value of weight",
    "words of city",
    "value of words", // a field of whose words alone there is an index
    "", // an indexed field that is denied: no index would help
    "value of city", // the part that an index could help, beside one that none can
    "value of heavy",
    "", // what no index looks into
  ]);
});

test("where the schema makes an index for the condition itself, one comparison for equality is enough", () => {
  const differing = missing(true).map((fields, at) => (fields === missing(false)[at] ? undefined : at));
  expect(differing.filter((at) => at !== undefined)).toEqual([6, 9]);
});

test("the emitted schema has the indexes that are counted on here", () => {
  const schema = emitSql(modelOf(contexts));
  const leading = new Set([...schema.matchAll(/create index "\w+" on "orders"\."parcel" \("(\w+)"/g)].map(([, column]) => column));
  // By city and by words there are pages above.
  expect(leading).toEqual(new Set(["city", "label", "order", "sent_at", "words"]));
  expect(schema).toMatch(/on "orders"\."parcel" using gin \(lower\("words"/);
  expect(schema).toMatch(/constraint "\w+" unique \("code"\)/);
});
