import { expect, test } from "vitest";
import { decimal, money } from "../language/money.ts";
import { evaluate, holds, type Environment } from "./evaluate.ts";
import type { Expression, ValueType } from "./expression.ts";

const unknown: Expression = { kind: "literal", type: { kind: "bool" }, value: null };
const yes: Expression = { kind: "literal", type: { kind: "bool" }, value: true };
const no: Expression = { kind: "literal", type: { kind: "bool" }, value: false };
const row = (name: string, type: ValueType): Expression => ({
  kind: "field",
  of: { kind: "variable", name: "row", type: { kind: "record", fields: [] } },
  name,
  type,
});
const given = (value: unknown): Environment => ({ row: { value } });
const compare = (op: "eq" | "below", type: ValueType, value: never): Expression => ({
  kind: "compare",
  op,
  left: row("value", type),
  right: { kind: "literal", type, value },
});

test.each([
  [[yes, unknown], null],
  [[no, unknown], false],
  [[yes, yes], true],
  [[], true],
])("`and` knows what is unknown", (all, answer) => {
  expect(evaluate({ kind: "and", all }, {})).toBe(answer);
});

test.each([
  [[yes, unknown], true],
  [[no, unknown], null],
  [[no, no], false],
  [[], false],
])("`or` knows what is unknown", (any, answer) => {
  expect(evaluate({ kind: "or", any }, {})).toBe(answer);
});

test("the opposite of unknown is unknown, and holds as little", () => {
  expect(evaluate({ kind: "not", of: unknown }, {})).toBeNull();
  expect([unknown, { kind: "not", of: unknown } as const].map((condition) => holds(condition, {}))).toEqual([false, false]);
});

test("a value is not among others where one of them is missing", () => {
  expect(evaluate({ kind: "in", of: row("value", { kind: "int" }), values: [1, null] }, given(2))).toBeNull();
  expect(evaluate({ kind: "in", of: row("value", { kind: "int" }), values: [2, null] }, given(2))).toBe(true);
  expect(evaluate({ kind: "in", of: row("value", { kind: "int" }), values: [] }, given(null))).toBe(false);
});

test("values are compared by what they are worth, not by how they are written", () => {
  const place: ValueType = {
    kind: "json",
    fields: [
      { kind: "int", name: "a" },
      { kind: "int", name: "b" },
    ],
  };
  expect(evaluate(compare("eq", { kind: "duration" }, "2d" as never), given("48h"))).toBe(true);
  expect(evaluate(compare("eq", { kind: "decimal", digits: 5, places: 2 }, "1.5" as never), given(decimal("1.50")))).toBe(true);
  expect(
    evaluate(compare("below", { kind: "money", currency: "EUR" }, { amount: 1000, currency: "EUR" } as never), given(money(999, "EUR"))),
  ).toBe(true);
  expect(
    evaluate(compare("below", { kind: "time" }, "2026-01-01T00:00:00.000Z" as never), given(new Date("2026-01-01T00:59:59+01:00"))),
  ).toBe(true);
  expect(evaluate(compare("eq", place, { a: 1, b: 2 } as never), given({ b: 2, a: 1 }))).toBe(true);
});

test("two currencies are not compared", () => {
  expect(() =>
    evaluate(compare("eq", { kind: "money", currency: "EUR" }, { amount: 1, currency: "EUR" } as never), given(money(1, "USD"))),
  ).toThrow("do not add");
});

test("the sum of nothing is nothing of its type", () => {
  const sum = (type: ValueType): Expression => ({
    kind: "sum",
    of: row("value", { kind: "list", fields: [] }),
    item: "item",
    each: { kind: "variable", name: "item", type },
    type,
  });
  expect(evaluate(sum({ kind: "int" }), given([]))).toBe(0);
  expect(evaluate(sum({ kind: "money", currency: "EUR" }), given(null))).toMatchObject({ amount: 0n, currency: "EUR" });
  expect(evaluate(sum({ kind: "int" }), given([1, null, 2]))).toBe(3);
});

test("of a list with an unknown item, every and some say what they can", () => {
  const over = (kind: "every" | "some"): Expression => ({
    kind,
    of: row("value", { kind: "list", fields: [] }),
    item: "item",
    holds: { kind: "variable", name: "item", type: { kind: "bool" } },
  });
  expect([[true, null], [false, null], [true], []].map((items) => evaluate(over("every"), given(items)))).toEqual([
    null,
    false,
    true,
    true,
  ]);
  expect([[true, null], [false, null], [false], []].map((items) => evaluate(over("some"), given(items)))).toEqual([
    true,
    null,
    false,
    false,
  ]);
});

test("a time is old when more than the age lies between", () => {
  const now = new Date("2026-03-01T00:00:00Z");
  const older: Expression = { kind: "olderThan", of: row("value", { kind: "time" }), ageMs: 86_400_000 };
  const ages = ["2026-02-27T23:59:59.999Z", "2026-02-28T00:00:00.000Z"].map((time) => evaluate(older, { ...given(new Date(time)), now }));
  expect(ages).toEqual([true, false]);
});

test("the date of a time is that of Greenwich", () => {
  expect(evaluate({ kind: "date", of: row("value", { kind: "time" }) }, given(new Date("2026-01-01T00:30:00+01:00")))).toBe("2025-12-31");
});

test("somebody without an account has no id, and the comparison with it is unknown", () => {
  const me: Expression = {
    kind: "field",
    of: { kind: "variable", name: "me", type: { kind: "record", fields: [] } },
    name: "id",
    type: { kind: "text" },
  };
  expect(evaluate({ kind: "compare", op: "ne", left: row("value", { kind: "text" }), right: me }, { ...given("a"), me: null })).toBeNull();
});

test("a role is asked for by its name, and is unknown where nobody said it", () => {
  expect(
    [{ role: "staff" }, { role: "customer" }, {}].map((environment) => evaluate({ kind: "hasRole", role: "staff" }, environment)),
  ).toEqual([true, false, null]);
});

test("a variable that nobody gave is our mistake and is said", () => {
  expect(() => evaluate({ kind: "variable", name: "input", type: { kind: "record", fields: [] } }, {})).toThrow(
    'The expression names "input", and nobody said what it is.',
  );
});

test("search takes the signs of patterns as they are", () => {
  const matches = (text: string, words: string): unknown =>
    evaluate(
      {
        kind: "matches",
        of: { kind: "literal", type: { kind: "text" }, value: text },
        words: { kind: "literal", type: { kind: "text" }, value: words },
      },
      {},
    );
  expect([
    matches("Blue Shoes", " SHOES\u3000blue "),
    matches("50 percent", "50%"),
    matches("aXb", "a_b"),
    matches("anything", "  "),
  ]).toEqual([true, false, false, true]);
});
