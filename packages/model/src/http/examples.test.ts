import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { context, system, t } from "../language.ts";
import type { Field } from "../model/field.ts";
import { assemble } from "../recording/assemble.ts";
import { exampleRecord, exampleRow } from "./examples.ts";
import { inputSchema, type JsonSchema } from "./field-schema.ts";
import { entitySchema, schemaScope } from "./schemas.ts";

const ajv = new Ajv2020({ strict: true, strictRequired: false });
addFormats.default(ajv);

function faults(schema: JsonSchema, example: unknown): string {
  ajv.validate(schema, example);
  return ajv.errorsText();
}

const Directory = context("directory");
const Organisation = Directory.entity("Organisation", { id: t.id("org"), name: t.text().min(1).max(80).unique() });
Directory.entity("Supplier", {
  id: t.id("sup"),
  organisation: t.ref(Organisation),
  code: t.text().pattern(/^[A-Z]{3}$/),
  name: t.text(),
  rating: t.decimal(3, 2).min(0).max(5).optional(),
  active: t.bool().default(true),
  founded: t.date().min("1800-01-01"),
  leadTime: t.duration().max("10d"),
  tier: t.oneOf("gold", "silver").default("silver"),
  contact: t.email(),
  phone: t.phone(),
  site: t.url(),
  joined: t.time().now(),
  address: t.json({ street: t.text(), city: t.text() }),
  contract: t.file({ max: "5MB", types: ["application/pdf"] }),
  apiKey: t.secret(),
  credit: t.money("EUR"),
  lines: t.list({ count: t.int().min(5), price: t.money("USD") }).min(2),
  status: t.state({ new: ["old"], old: [] }),
});
const scope = schemaScope(assemble(system("s", { contexts: [Directory] })).model);

test("a row of every kind of field is shown by an example that its schema accepts", () => {
  const supplier = scope.lookup.entity("directory.Supplier");
  const row = exampleRow(scope, supplier);
  expect(row).toMatchObject({
    code: "ABC",
    name: "Norte Steel Lda",
    leadTime: "10d",
    tier: "silver",
    rating: "3.00",
    lines: [{ count: 5 }, { count: 5 }],
  });
  expect(faults(entitySchema(scope, supplier), row)).toBe("No errors");
});

test("an example holds no secret that is read, and one that is sent", () => {
  const supplier = scope.lookup.entity("directory.Supplier");
  expect(exampleRow(scope, supplier)).not.toHaveProperty("apiKey");
  expect(exampleRecord(scope, supplier.fields)).toHaveProperty("apiKey", "correct horse battery staple");
});

test("a total that an invariant derives is the total of the example's own lines", () => {
  const Shop = context("shop");
  const lines = t.list({ price: t.money("EUR"), quantity: t.int() }).min(3);
  Shop.entity(
    "Order",
    { id: t.id("ord"), lines, total: t.money("EUR") },
    { invariants: { "the total is the sum": (order) => order.total.eq(order.lines.sum((line) => line.price.times(line.quantity))) } },
  );
  const shop = schemaScope(assemble(system("s", { contexts: [Shop] })).model);
  expect(exampleRow(shop, shop.lookup.entity("shop.Order"))).toHaveProperty("total", { amount: 3 * 2 * 1299, currency: "EUR" });
});

test("a row that names another names the row that the other's own example shows", () => {
  const { organisation } = exampleRow(scope, scope.lookup.entity("directory.Supplier")) ?? {};
  expect(exampleRow(scope, scope.lookup.entity("directory.Organisation"))).toHaveProperty("id", organisation);
});

test("a record with a pattern that no sample can be made for has no example", () => {
  expect(exampleRecord(scope, [{ kind: "text", name: "odd", pattern: "(?=x)y" }])).toBeUndefined();
});

test("whatever the bounds, an example keeps within them", () => {
  const bounds = fc.tuple(fc.nat(300), fc.nat(300)).map(([one, other]) => ({ min: Math.min(one, other), max: Math.max(one, other) }));
  const kind = fc.constantFrom<Field>(
    { kind: "text", name: "name" },
    { kind: "text", name: "intent" },
    { kind: "int", name: "age" },
    { kind: "money", currency: "EUR", name: "price" },
    { kind: "secret", name: "key" },
    { kind: "list", name: "lines", fields: [{ kind: "int", name: "x" }] },
    { kind: "decimal", digits: 6, places: 2, name: "size" },
    { kind: "duration", name: "wait" },
  );
  fc.assert(
    fc.property(kind, bounds, (field, { min, max }) => {
      const fields = [{ ...field, min, max: Math.max(1, max) }];
      expect(faults(inputSchema(scope, fields), exampleRecord(scope, fields))).toBe("No errors");
    }),
    { numRuns: 60 },
  );
});
