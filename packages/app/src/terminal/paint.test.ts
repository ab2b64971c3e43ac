import { expect, test } from "vitest";
import { paintFor } from "./paint.ts";

test("colour is there or not there as it is asked for, whatever standard output is", () => {
  expect(paintFor(true).good("yes")).toBe("\u001B[32myes\u001B[39m");
  expect(paintFor(false).good("yes")).toBe("yes");
});
