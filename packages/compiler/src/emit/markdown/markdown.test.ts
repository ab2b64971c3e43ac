import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { code, prose, table } from "./markdown.ts";

test("a text in a hole is text, and Markdown in a hole is Markdown", () => {
  expect(prose`**${"a*b"}** ${code("x_y")}`.markdown).toBe("**a\\*b** `x_y`");
});

test("code with backticks is fenced by more of them", () => {
  expect([code("a`b"), code("`"), code("a``b")].map(({ markdown }) => markdown)).toEqual(["``a`b``", "`` ` ``", "```a``b```"]);
});

describe("whatever an author wrote", () => {
  const odd = fc.string({
    unit: fc.constantFrom(
      "|",
      "`",
      "*",
      "_",
      "\n",
      "\r",
      "\u2028",
      "<",
      ">",
      "[",
      "]",
      "(",
      "#",
      "-",
      "1",
      ".",
      "\\",
      "&",
      "$",
      "~",
      "a",
      " ",
    ),
  });

  test("keeps a table in its columns and its rows", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(odd, odd, odd), { minLength: 1, maxLength: 4 }), (rows) => {
        const cells = rows.map(([one, two, three]) => [prose`${one}`, code(two), prose`x${three}`]);
        const lines = table(["One", "Two", "Three"], [[prose`x`, prose`x`, prose`x`], ...cells]);
        expect(lines).toHaveLength(rows.length + 4);
        for (const line of lines.slice(0, -1)) {
          expect(line).not.toMatch(/[\n\r\u2028]/);
          expect(line.replace(/\\\\/g, "").match(/(?<!\\)\|/g)).toHaveLength(4);
        }
      }),
    );
  });

  test("has no mark left that Markdown would read", () => {
    fc.assert(
      fc.property(odd, (text) => {
        const rest = prose`${text}`.markdown.replace(/\\[\\`*_{}[\]<>#|~&$.()+=-]/g, "");
        expect(rest).not.toMatch(/[\\`*_{}[\]<>#|~&$]/);
      }),
    );
  });
});

test("a column that is empty in every row is left out", () => {
  expect(
    table(
      ["One", "Two"],
      [
        ["a", ""],
        ["b", ""],
      ],
    ),
  ).toEqual(["| One |", "| --- |", "| a |", "| b |", ""]);
});

test("a table without rows is no table", () => {
  expect(table(["One"], [])).toEqual([]);
});
