import { describe, expect, test } from "vitest";
import { cut, widthOf, wrap } from "./width.ts";

describe("the width of a text", () => {
  test("counts what a terminal draws, not code units", () => {
    expect(["order", "é", "e\u0301", "注文", "😀", "👩‍🚀", "🇩🇪", "a\u200Bb"].map(widthOf)).toEqual([5, 1, 1, 4, 2, 2, 2, 2]);
  });
});

describe("wrapping", () => {
  test("breaks between words and never above the width", () => {
    expect(wrap("The call holds  a connection\nwhile it waits.", 12)).toEqual(["The call", "holds a", "connection", "while it", "waits."]);
  });

  test("leaves a path that is too long in one piece", () => {
    expect(wrap("see packages/app/src/terminal/width.ts now", 10)).toEqual(["see", "packages/app/src/terminal/width.ts", "now"]);
  });

  test("makes no line of nothing", () => {
    expect(wrap("", 10)).toEqual([]);
  });
});

test("cutting keeps within the width, wide characters whole", () => {
  expect([cut("orders", 6), cut("orders", 4), cut("注文注文", 4)]).toEqual(["orders", "ord…", "注…"]);
});
