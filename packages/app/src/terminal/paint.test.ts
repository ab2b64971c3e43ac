import { describe, expect, test } from "vitest";
import { paintFor, wantsColor } from "./paint.ts";

describe("colour", () => {
  test("is for terminals", () => {
    expect([wantsColor({ isTTY: true }, {}), wantsColor({ isTTY: false }, {}), wantsColor({}, {})]).toEqual([true, false, false]);
  });

  test("is refused by NO_COLOR and by a dumb terminal", () => {
    expect([
      wantsColor({ isTTY: true }, { NO_COLOR: "1" }),
      wantsColor({ isTTY: true }, { NO_COLOR: "" }),
      wantsColor({ isTTY: true }, { TERM: "dumb" }),
    ]).toEqual([false, true, false]);
  });

  test("is decided by FORCE_COLOR above all", () => {
    expect([wantsColor({}, { FORCE_COLOR: "1", NO_COLOR: "1" }), wantsColor({ isTTY: true }, { FORCE_COLOR: "0" })]).toEqual([true, false]);
  });

  test("is there or not there, whatever standard output is", () => {
    expect(paintFor(true).good("yes")).toBe("\u001B[32myes\u001B[39m");
    expect(paintFor(false).error("no")).toBe("no");
  });
});
