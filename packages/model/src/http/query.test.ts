import { expect, test } from "vitest";
import type { Field } from "../model/field.ts";
import { fromQuery, queryFields, recordFromQuery } from "./query.ts";

const named = (type: Field): Field => type;

test.each<[Field, string, unknown]>([
  [named({ kind: "int", name: "f" }), "12", 12],
  [named({ kind: "bool", name: "f" }), "false", false],
  [named({ kind: "text", name: "f" }), "12", "12"],
  [named({ kind: "decimal", digits: 4, places: 2, name: "f" }), "1.50", "1.50"],
  [named({ kind: "money", currency: "EUR", name: "f" }), "1299", { amount: 1299, currency: "EUR" }],
  [named({ kind: "list", fields: [], name: "f" }), '[{"x":1}]', [{ x: 1 }]],
])("a parameter of kind %o reads %s as %o", (field, text, json) => {
  expect(fromQuery(field, text)).toEqual(json);
});

test.each<[Field, string]>([
  [named({ kind: "int", name: "f" }), ""],
  [named({ kind: "int", name: "f" }), "1e3"],
  [named({ kind: "int", name: "f" }), "99999999999999999999"],
  [named({ kind: "bool", name: "f" }), "yes"],
  [named({ kind: "json", fields: [], name: "f" }), "{"],
])("a parameter of kind %o leaves %j as it is, for the schema to refuse", (field, text) => {
  expect(fromQuery(field, text)).toBe(text);
});

test("a parameter that is given twice, or that nobody knows, is left for the schema to refuse", () => {
  expect(recordFromQuery([{ kind: "int", name: "limit" }], { limit: ["1", "2"], other: "3", absent: undefined })).toEqual({
    limit: ["1", "2"],
    other: "3",
  });
});

test("each parameter tells how its text is read", () => {
  expect(
    queryFields([
      { kind: "int", name: "limit" },
      { kind: "ref", entity: "a.B", name: "buyer" },
    ]),
  ).toEqual([
    { name: "limit", coercion: "integer" },
    { name: "buyer", coercion: "text" },
  ]);
});
