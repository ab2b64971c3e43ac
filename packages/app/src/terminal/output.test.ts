import { expect, test } from "vitest";
import { colorOf, widthOf } from "./output.ts";

const terminal = { write: () => true, isTTY: true, columns: 80 };
const pipe = { write: () => true };

test("a terminal has its own width, and a pipe a hundred columns", () => {
  expect([widthOf(terminal), widthOf(pipe), widthOf({ ...terminal, columns: 0 })]).toEqual([80, 100, 100]);
});

test("colour is for terminals that have some", () => {
  expect([colorOf(terminal, {}), colorOf(pipe, {}), colorOf(terminal, { TERM: "dumb" })]).toEqual([true, false, false]);
});

test("NO_COLOR takes it from every terminal, unless it is empty", () => {
  expect([colorOf(terminal, { NO_COLOR: "1", FORCE_COLOR: "1" }), colorOf(terminal, { NO_COLOR: "" })]).toEqual([false, true]);
});

test("FORCE_COLOR gives it to every pipe, unless it says no", () => {
  const forced = ["1", "true", "0", "false", ""].map((value) => colorOf(pipe, { FORCE_COLOR: value }));
  expect(forced).toEqual([true, true, false, false, false]);
});
