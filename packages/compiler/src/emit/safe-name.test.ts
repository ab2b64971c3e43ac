import fc from "fast-check";
import { expect, test } from "vitest";
import { safeName } from "./safe-name.ts";

test("a plain name stays as it is", () => {
  expect(safeName("orders.placeOrder")).toBe("orders.placeOrder");
});

test("whatever a name holds, what comes out is safe", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      expect(safeName(name)).toMatch(/^[A-Za-z0-9._-]*$/);
    }),
  );
});

test("different names stay different", () => {
  const tricky = fc.string({ unit: fc.constantFrom("_", "2", "e", ".", " ", "é", "5f") });
  fc.assert(
    fc.property(tricky, tricky, (left, right) => {
      expect(safeName(left, "") === safeName(right, "")).toBe(left === right);
    }),
    { numRuns: 500 },
  );
});
