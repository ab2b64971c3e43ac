import { expect, test } from "vitest";
import { RecentlyUsed } from "./recently-used.ts";

test("never holds more than twice its size, however many values come", () => {
  const remembered = new RecentlyUsed<number>(10);
  for (let value = 0; value < 1_000; value += 1) remembered.set(`${value}`, value);
  expect(remembered.size).toBeLessThanOrEqual(20);
});

test("what is asked for stays while others come and go", () => {
  const remembered = new RecentlyUsed<number>(10);
  remembered.set("kept", 42);
  for (let value = 0; value < 1_000; value += 1) {
    remembered.set(`${value}`, value);
    remembered.get("kept");
  }
  expect(remembered.get("kept")).toBe(42);
  expect(remembered.get("0")).toBeUndefined();
});
