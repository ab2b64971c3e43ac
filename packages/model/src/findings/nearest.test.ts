import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test("a letter too few, too many, wrong or swapped is forgiven", () => {
  expect(["Ordr", "Orderr", "Ordar", "Ordre"].map((written) => nearest(written, ["Product", "Order"]))).toEqual([
    "Order",
    "Order",
    "Order",
    "Order",
  ]);
});

test("case does not matter", () => {
  expect(nearest("ORDER", ["Order"])).toBe("Order");
});

test("the nearest of several is offered, and of two alike the first in the alphabet", () => {
  expect(nearest("orders", ["ordering", "order"])).toBe("order");
  expect(nearest("ct", ["cut", "cat"])).toBe("cat");
});

test("what is far from everything gets no offer", () => {
  expect(nearest("Invoice", ["Order", "Product"])).toBeUndefined();
});
