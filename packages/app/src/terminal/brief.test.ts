import type { Finding } from "@archwright/model";
import { expect, test } from "vitest";
import { renderBrief } from "./brief.ts";
import { paintFor } from "./paint.ts";

const slow: Finding = {
  code: "latency/call-fits-promise",
  severity: "error",
  item: "orders.placeOrder",
  message: "placeOrder promises 400 ms, and waits up to 900 ms for stripe.createPaymentIntent.",
  why: "A promise that the design cannot keep wakes somebody up at night.",
  fix: "Answer before the call is through, or promise more than 900 ms.",
  at: [{ file: "/shop/system.ts", line: 3, column: 34 }],
};
const open: Finding = { ...slow, severity: "warning", message: "Anyone may call it.", fix: "Say who may.", at: [] };
const note: Finding = { ...slow, severity: "info" };
const brief = (findings: readonly Finding[], file = "/shop/system.ts", folder = "/"): string =>
  renderBrief(findings, { width: 60, paint: paintFor(false), folder, file });

test("each finding is what, fix and place, the worst first, and notes are counted", () => {
  expect(brief([note, open, slow])).toMatchInlineSnapshot(`
    "error    placeOrder promises 400 ms, and waits up to 900 ms
             for stripe.createPaymentIntent.
             Answer before the call is through, or promise more
             than 900 ms.
             shop/system.ts:3

    warning  Anyone may call it.
             Say who may.

    1 note more: archwright check shop
    "
  `);
});

test("notes alone are not more than anything", () => {
  expect(brief([note, note])).toBe("2 notes: archwright check shop\n");
});

test("the call that shows all of it is one for this folder", () => {
  const calls = [
    brief([note], "/shop/system.ts", "/shop"),
    brief([note], "/shop/other.ts", "/shop"),
    brief([note], "/my shop's/system.ts"),
  ];
  expect(calls).toEqual([
    "1 note: archwright check\n",
    "1 note: archwright check other.ts\n",
    `1 note: archwright check 'my shop'\\''s'\n`,
  ]);
});

test("nothing found is said", () => {
  expect(brief([])).toBe("The architect has nothing to say.\n");
});
