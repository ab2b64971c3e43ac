import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { context, system, t } from "../language.ts";
import type { Field } from "../model/field.ts";
import { assemble } from "../recording/assemble.ts";
import { inputSchema, outputSchema } from "./field-schema.ts";
import { schemaScope } from "./schemas.ts";

const ajv = new Ajv2020({ strict: true, strictRequired: false });
addFormats.default(ajv);

const Shop = context("shop");
Shop.entity("Product", { id: t.id("prd"), name: t.text() });
const scope = schemaScope(assemble(system("s", { contexts: [Shop] })).model);
const productId = "prd_01kg9p6je0fc0rjxkxb1k3trrn";

const takes = (field: Field, value: unknown): boolean => ajv.validate(inputSchema(scope, [field]), { [field.name]: value });

describe("an input takes and refuses", () => {
  test.each<[Field["kind"], Field, accepted: unknown[], refused: unknown[]]>([
    [
      "ref",
      { kind: "ref", entity: "shop.Product", name: "f" },
      [productId],
      ["", "ord_01kg9p6je0fc0rjxkxb1k3trrn", "prd_01kg9p6je0fc0rjxkxb1k3trrI", `${productId}x`, null, 1],
    ],
    ["text", { kind: "text", name: "f", min: 2, max: 3 }, ["ab", "😀😀😀"], ["a", "abcd", 12, null]],
    ["text", { kind: "text", name: "f", pattern: "A|B" }, ["A", "B"], ["AB", "xA"]],
    ["text", { kind: "text", name: "f", pattern: "^A$|^B$" }, ["A", "B"], ["AB", "C"]],
    ["int", { kind: "int", name: "f", min: 1, max: 9 }, [1, 9], [0, 10, 1.5, "1", null]],
    ["int", { kind: "int", name: "f" }, [-1, 0], [2 ** 53, 1e300]],
    ["bool", { kind: "bool", name: "f" }, [true, false], ["true", 0, null]],
    ["time", { kind: "time", name: "f" }, ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.5+01:00"], ["2026-01-31", "yesterday"]],
    ["date", { kind: "date", name: "f" }, ["2024-02-29"], ["2026-02-29", "31.1.2026"]],
    ["duration", { kind: "duration", name: "f" }, ["90d", "1.5h", "400ms"], ["90", "1.5ms", "1 d", "-1d"]],
    ["email", { kind: "email", name: "f" }, ["ada@example.com"], ["ada", "@example.com"]],
    ["url", { kind: "url", name: "f" }, ["https://example.com/a"], ["example", ""]],
    ["phone", { kind: "phone", name: "f" }, ["+351211234567"], ["211234567", "+0123456789"]],
    ["decimal", { kind: "decimal", digits: 4, places: 2, name: "f" }, ["12.5", "-3", "0.01"], ["123", "1.234", "1,5", 12.5, ""]],
    ["decimal", { kind: "decimal", digits: 2, places: 2, name: "f" }, ["0.99"], ["1.00", ".99"]],
    [
      "money",
      { kind: "money", currency: "EUR", min: 0, name: "f" },
      [{ amount: 0, currency: "EUR" }],
      [{ amount: -1, currency: "EUR" }, { amount: 1, currency: "USD" }, { amount: 0.5, currency: "EUR" }, { amount: 1 }, 12],
    ],
    ["oneOf", { kind: "oneOf", values: ["a", "b"], name: "f" }, ["a"], ["c", "A", null]],
    ["state", { kind: "state", initial: "a", moves: { a: ["b"], b: [] }, name: "f" }, ["a", "b"], ["c"]],
    ["json", { kind: "json", fields: [{ kind: "int", name: "x" }], name: "f" }, [{ x: 1 }], [{}, { x: "1" }, { x: 1, y: 2 }, []]],
    [
      "list",
      { kind: "list", fields: [{ kind: "int", name: "x" }], min: 1, max: 2, name: "f" },
      [[{ x: 1 }]],
      [[], [{}], [{ x: 1 }, { x: 1 }, { x: 1 }], { x: 1 }],
    ],
    ["file", { kind: "file", maxBytes: 1, types: [], name: "f" }, ["fil_01kg9p6je0fc0rjxkxb1k3trrn"], ["a.pdf"]],
    ["secret", { kind: "secret", name: "f" }, ["hush"], ["", null]],
  ])("%s by its type and bounds", (_, field, accepted, refused) => {
    expect(accepted.filter((value) => !takes(field, value))).toEqual([]);
    expect(refused.filter((value) => takes(field, value))).toEqual([]);
  });

  test("an optional field as null or left out", () => {
    const fields: readonly Field[] = [{ kind: "oneOf", values: ["a"], name: "f", optional: true }];
    expect([{}, { f: null }, { f: "a" }].every((value) => ajv.validate(inputSchema(scope, fields), value))).toBe(true);
  });

  test("a field with a default left out, but not as null", () => {
    const schema = inputSchema(scope, [{ kind: "bool", name: "f", default: true }]);
    expect([ajv.validate(schema, {}), ajv.validate(schema, { f: null })]).toEqual([true, false]);
  });

  test("nothing that the model does not know", () => {
    expect(ajv.validate(inputSchema(scope, []), { admin: true })).toBe(false);
  });
});

describe("an output", () => {
  const fields: readonly Field[] = [
    { kind: "secret", name: "key" },
    { kind: "text", name: "note", optional: true },
    { kind: "text", name: "title", default: "x" },
  ];

  test("has every field, and null for what is missing", () => {
    const schema = outputSchema(scope, fields);
    expect([
      ajv.validate(schema, { note: null, title: "A" }),
      ajv.validate(schema, { title: "A" }),
      ajv.validate(schema, { note: "A" }),
    ]).toEqual([true, false, false]);
  });

  test("does not know a secret", () => {
    expect(JSON.stringify(outputSchema(scope, [{ kind: "list", fields, name: "items" }, ...fields]))).not.toContain("key");
  });
});
