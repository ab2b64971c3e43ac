import { describe, expect, test } from "vitest";
import { renderFrame } from "./frame.ts";
import { widthOf } from "./width.ts";

const place = (line: number, column: number) => ({ file: "shop/system.ts", line, column });

test("two lines before and after, and a caret below the word", () => {
  const source = "one\ntwo\nconst three = context(3);\nfour\nfive\nsix\n";
  expect(renderFrame(place(3, 15), source)).toMatchInlineSnapshot(`
    "shop/system.ts:3:15
      1 │ one
      2 │ two
    > 3 │ const three = context(3);
        │               ^^^^^^^
      4 │ four
      5 │ five"
  `);
});

test("the numbers are aligned, and the file ends where the editor says it does", () => {
  const source = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join("\n") + "\n";
  expect(renderFrame(place(9, 6), source)).toMatchInlineSnapshot(`
    "shop/system.ts:9:6
       7 │ line 7
       8 │ line 8
    >  9 │ line 9
         │      ^
      10 │ line 10"
  `);
});

test("a text in quotes is underlined whole", () => {
  expect(renderFrame(place(1, 8), 'import "./orders.ts";').split("\n").at(-1)).toBe("    │        ^^^^^^^^^^^^^");
});

test("a tab is two columns, and the caret follows", () => {
  expect(renderFrame(place(2, 3), "{\n\t\tnope\n}")).toMatchInlineSnapshot(`
    "shop/system.ts:2:3
      1 │ {
    > 2 │     nope
        │     ^^^^
      3 │ }"
  `);
});

test("Windows line ends are no part of a line", () => {
  expect(renderFrame(place(2, 1), "one\r\ntwo\r\nthree\r\n", { around: 1 })).toMatchInlineSnapshot(`
    "shop/system.ts:2:1
      1 │ one
    > 2 │ two
        │ ^^^
      3 │ three"
  `);
});

test("the caret stands below its character, also after wide and combined ones", () => {
  const rows = renderFrame(place(1, 11), "注文 = e\u0301 + oops;").split("\n");
  const [, code = "", caret = ""] = rows;
  expect(code.slice(0, code.indexOf("oops"))).toContain("+");
  expect(widthOf(caret.slice(0, caret.indexOf("^")))).toBe(widthOf(code.slice(0, code.indexOf("oops"))));
  expect(caret.trimEnd().endsWith("^^^^")).toBe(true);
});

test("a character that would steer the terminal is shown as a mark", () => {
  expect(renderFrame(place(1, 1), "a\u001B[31mb").split("\n")[1]).toBe("> 1 │ a�[31mb");
});

describe("a line that is wider than the terminal", () => {
  const source = `const before = 1;\n${"x".repeat(300)} = oops(${"y".repeat(300)});\nshort;\n`;

  test("is shown around the caret, within the width", () => {
    const frame = renderFrame(place(2, 304), source, { width: 60 });
    expect(frame).toMatchInlineSnapshot(`
      "shop/system.ts:2:304
        1 │
      > 2 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxx = oops(yyyyyyyyyyyyyyyy…
          │                                 ^^^^
        3 │"
    `);
    expect(Math.max(...frame.split("\n").map(widthOf))).toBeLessThanOrEqual(60);
  });

  test("is shown from its beginning where the caret is near it", () => {
    const [, , code = ""] = renderFrame(place(2, 1), source, { width: 40 }).split("\n");
    expect(code).toBe(`> 2 │ ${"x".repeat(33)}…`);
  });

  test("costs little, however long it is", () => {
    const long = "const a = 1; ".repeat(200_000);
    const frame = renderFrame(place(1, 1_300_007), long, { width: 60 });
    expect(frame.split("\n").at(-1)).toContain("^");
    expect(frame.length).toBeLessThan(300);
  });
});

describe("a place that the file does not have", () => {
  test("a line after the last is the last", () => {
    expect(renderFrame(place(9, 1), "only\n").split("\n")[1]).toBe("> 1 │ only");
  });

  test("a column after the end is the end", () => {
    expect(renderFrame(place(1, 99), "only").split("\n")[2]).toBe("    │     ^");
  });

  test("an empty file is a frame with an empty line", () => {
    expect(renderFrame(place(1, 1), "")).toBe("shop/system.ts:1:1\n> 1 │\n    │ ^");
  });
});
