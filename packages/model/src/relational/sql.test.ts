import { expect, test } from "vitest";
import { list, literal, name, parameter, raw, render, renderScript, sql } from "./sql.ts";

test("values travel beside the text, numbered in their order", () => {
  const condition = sql`${name("price")} > ${parameter(5n)}`;
  expect(render(sql`select * from ${name("a", "b")} where ${condition} and ${name("x")} = ${parameter(null)}`)).toEqual({
    text: 'select * from "a"."b" where "price" > $1 and "x" = $2',
    values: [5n, null],
  });
});

test("an identifier cannot end its own quotes", () => {
  expect(renderScript(name('a"; drop table b; --'))).toBe('"a""; drop table b; --"');
});

test("a constant cannot end its own quotes", () => {
  expect(renderScript(literal("it's"))).toBe("'it''s'");
});

test("a negative number does not begin a comment", () => {
  expect(renderScript(sql`1 -${literal(-2)}`)).toBe("1 -(-2)");
});

test("a number that SQL does not have is refused", () => {
  expect(() => literal(Number.POSITIVE_INFINITY)).toThrow("Infinity is no number of SQL.");
});

test("a null character is refused in names and constants", () => {
  expect(() => literal("a\0b")).toThrow("PostgreSQL has no text with a null character.");
  expect(() => name("a\0b")).toThrow("PostgreSQL has no text with a null character.");
});

test("a list has its separator between its items", () => {
  expect(
    renderScript(sql`(${list([literal(1), literal(true), literal(null)])}) ${list([raw("a"), raw("b")], raw(" or "))}${list([])}`),
  ).toBe("(1, true, null) a or b");
});

test("a script with a parameter is refused", () => {
  expect(() => renderScript(parameter(1))).toThrow("A script has no parameters");
});
