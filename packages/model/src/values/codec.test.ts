import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../model/field.ts";
import type { JsonValue } from "../model/json.ts";
import { changesFromJson, fromJson, recordFromJson, recordToJson, toJson } from "./codec.ts";

const line: readonly Field[] = [
  { kind: "int", name: "quantity" },
  { kind: "money", currency: "EUR", name: "price" },
];
const wire: readonly (readonly [Field, fc.Arbitrary<JsonValue>])[] = [
  [{ kind: "text", name: "text" }, fc.string()],
  [{ kind: "int", name: "int" }, fc.maxSafeInteger()],
  [{ kind: "bool", name: "bool" }, fc.boolean()],
  [
    { kind: "time", name: "time" },
    fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-12-31") }).map((date) => date.toISOString()),
  ],
  [
    { kind: "decimal", digits: 12, places: 2, name: "decimal" },
    fc.tuple(fc.nat(), fc.nat(99)).map(([whole, part]) => `${whole}.${String(part).padStart(2, "0")}`),
  ],
  [{ kind: "money", currency: "EUR", name: "money" }, fc.maxSafeInteger().map((amount) => ({ amount, currency: "EUR" }))],
  [
    { kind: "list", fields: line, name: "list" },
    fc.array(fc.record({ quantity: fc.nat(), price: fc.nat().map((amount) => ({ amount, currency: "EUR" })) })),
  ],
  [
    { kind: "json", fields: line, name: "json" },
    fc.record({ quantity: fc.nat(), price: fc.nat().map((amount) => ({ amount, currency: "EUR" })) }),
  ],
];

describe("a value", () => {
  test.each(wire.map(([field, values]) => [field.kind, field, values] as const))(
    "of kind %s comes back from memory as it came",
    (_, field, values) => {
      fc.assert(
        fc.property(values, (json) => {
          expect(toJson(field, fromJson(field, json))).toEqual(json);
        }),
      );
    },
  );

  test("of money is exact in memory, and knows its currency", () => {
    expect(fromJson({ kind: "money", currency: "EUR" }, { amount: 1299, currency: "EUR" })).toMatchObject({
      amount: 1299n,
      currency: "EUR",
    });
  });

  test("of time is a date in memory", () => {
    expect(fromJson({ kind: "time" }, "2026-01-31T09:30:00Z")).toEqual(new Date("2026-01-31T09:30:00Z"));
  });

  test("of money that JSON cannot say exactly is refused", () => {
    expect(() => toJson({ kind: "money", currency: "EUR" }, { amount: 9_007_199_254_740_993n, currency: "EUR" })).toThrow(
      "9007199254740993 EUR is more than a JSON number can say exactly.",
    );
  });
});

describe("a record", () => {
  const fields: readonly Field[] = [
    { kind: "text", name: "title" },
    { kind: "text", name: "note", optional: true },
    { kind: "bool", name: "open", default: true },
    { kind: "secret", name: "key" },
  ];

  test("takes the default of a field that was left out, and null where there is none", () => {
    expect(recordFromJson(fields, { title: "A", key: "k" })).toEqual({ title: "A", note: null, open: true, key: "k" });
  });

  test("keeps a null that was given, where a default would stand", () => {
    expect(recordFromJson([{ kind: "bool", name: "open", default: true, optional: true }], { open: null })).toEqual({ open: null });
  });

  test("of changes has only what was given", () => {
    expect(changesFromJson(fields, { note: null })).toEqual({ note: null });
  });

  test("never shows a secret, however deep", () => {
    const outer: Field = { kind: "list", name: "items", fields };
    const inner = { title: "A", note: null, open: true, key: "hush" };
    expect(JSON.stringify(recordToJson([...fields, outer], { ...inner, items: [inner] }))).not.toContain("hush");
  });

  test("has null for a field that is missing in memory", () => {
    expect(recordToJson(fields, { title: "A", open: false })).toEqual({ title: "A", note: null, open: false });
  });

  test("named like a property of every object takes nothing from it", () => {
    expect(recordFromJson([{ kind: "text", name: "constructor", optional: true }], {})).toEqual({ constructor: null });
  });
});
