import { expect, test } from "vitest";
import type { Expression, ValueType } from "../expressions/expression.ts";
import { expressionToSql, type Place } from "./expression-sql.ts";
import { name, parameter, raw, render } from "./sql.ts";

const order: Expression = { kind: "variable", name: "row", type: { kind: "row", entity: "orders.Order" } };
const ofRow = (field: string, type: ValueType): Expression => ({ kind: "field", of: order, name: field, type });
const input = (field: string, type: ValueType): Expression => ({
  kind: "field",
  of: { kind: "variable", name: "input", type: { kind: "record", fields: [] } },
  name: field,
  type,
});
const compare = (op: "eq" | "below", left: Expression, right: Expression): Expression => ({ kind: "compare", op, left, right });
const int: ValueType = { kind: "int" };
const literal = (type: ValueType, value: never): Expression => ({ kind: "literal", type, value });

const place: Place = { column: (field) => name("o", field), outside: (expression) => parameter(expression) };
const textOf = (expression: Expression, at = place): string => render(expressionToSql(expression, at)).text;

test("what has nothing of the row is one parameter, however large it is", () => {
  const sum: Expression = { kind: "arithmetic", op: "plus", left: input("a", int), right: input("b", int), type: int };
  const { text, values } = render(expressionToSql(compare("eq", ofRow("count", int), sum), place));
  expect([text, values]).toEqual(['"o"."count" = ($1)', [sum]]);
});

test("a constant stands in the text", () => {
  expect(textOf(compare("eq", ofRow("status", { kind: "text" }), literal({ kind: "text" }, "it's" as never)))).toBe(
    `"o"."status" = 'it''s'`,
  );
});

test("constants have their stored form", () => {
  const stored = (type: ValueType, value: unknown): string =>
    textOf(compare("below", ofRow("x", type), literal(type, value as never))).split(" < ")[1] ?? "";
  expect(stored({ kind: "money", currency: "EUR" }, { amount: -5, currency: "EUR" })).toBe("(-5)");
  expect(stored({ kind: "duration" }, "2d")).toBe("172800000");
  expect(stored({ kind: "decimal", digits: 5, places: 2 }, "-1.50")).toBe("(-1.50)");
  expect(stored({ kind: "date" }, "2026-01-31")).toBe("date '2026-01-31'");
  expect(
    stored(
      {
        kind: "json",
        fields: [
          { kind: "int", name: "a" },
          { kind: "int", name: "b", optional: true },
        ],
      },
      { a: 1 },
    ),
  ).toBe(`'{"a":1,"b":null}'::jsonb`);
});

test("parts keep their order of evaluation", () => {
  const less: Expression = {
    kind: "arithmetic",
    op: "minus",
    left: ofRow("a", int),
    right: { kind: "arithmetic", op: "minus", left: ofRow("b", int), right: literal(int, 1 as never), type: int },
    type: int,
  };
  const condition: Expression = {
    kind: "not",
    of: { kind: "or", any: [compare("below", less, literal(int, -1 as never)), { kind: "missing", of: ofRow("c", int) }] },
  };
  expect(textOf(condition)).toBe('not ((("o"."a" - ("o"."b" - 1)) < (-1)) or ("o"."c" is null))');
});

test("a list of the row is a subselect over its own table", () => {
  const lines = ofRow("lines", { kind: "list", fields: [] });
  const item: Expression = {
    kind: "field",
    of: { kind: "variable", name: "item1", type: { kind: "record", fields: [] } },
    name: "unitPrice",
    type: int,
  };
  expect(textOf({ kind: "sum", of: lines, item: "item1", each: item, type: int })).toBe(
    '(select coalesce(sum("item1"."unit_price"), 0) from "orders"."order_lines" as "item1" where "item1"."_parent" = "o"."id")',
  );
  expect(textOf({ kind: "every", of: lines, item: "item1", holds: compare("eq", item, ofRow("limit", int)) })).toBe(
    'true = all (select "item1"."unit_price" = "o"."limit" from "orders"."order_lines" as "item1" where "item1"."_parent" = "o"."id")',
  );
});

test("a place may answer for the lists of the row", () => {
  const count: Expression = { kind: "count", of: ofRow("lines", { kind: "list", fields: [] }) };
  expect(textOf(compare("eq", count, literal(int, 2 as never)), { ...place, overList: () => raw("look()") })).toBe("look() = 2");
});

test("a list that is given from outside is JSON", () => {
  const item: Expression = {
    kind: "field",
    of: { kind: "variable", name: "item1", type: { kind: "record", fields: [] } },
    name: "price",
    type: { kind: "money", currency: "EUR" },
  };
  const some: Expression = {
    kind: "some",
    of: input("items", { kind: "list", fields: [] }),
    item: "item1",
    holds: compare("below", ofRow("total", { kind: "money", currency: "EUR" }), item),
  };
  expect(textOf(some)).toBe(
    `true = any (select "o"."total" < ("item1"."value" -> 'price' ->> 'amount')::bigint from jsonb_array_elements($1) as "item1"(value))`,
  );
});

test("the age of a time is asked of the place, which knows the hour", () => {
  expect(textOf({ kind: "olderThan", of: ofRow("at", { kind: "time" }), ageMs: 5000 }, { ...place, outside: () => raw("now()") })).toBe(
    `"o"."at" < now() - interval '5000 milliseconds'`,
  );
});

test("a whole row is no value of a condition", () => {
  expect(() => textOf(compare("eq", order, order))).toThrow(
    'A condition of the database cannot hold the whole of "row": name one of its fields.',
  );
});
