import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { textFromOutsideHasMax } from "./text-from-outside-has-max.ts";

test("a text without a maximum that a role may write is reported", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("Review", { id: t.id("rev"), text: t.text(), stars: t.int() }, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(textFromOutsideHasMax, modelOf(contexts))).toMatchInlineSnapshot(`
    "info[capacity/text-from-outside-has-max] at orders.Review.text
      orders.Review takes texts of any length: text.
      why: One caller can store a megabyte where you expect a line, and every list carries it from then on.
      fix: Add .max(…) to each."
  `);
});

test("a text that nobody may write from outside is accepted, and so is one with a maximum", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity(
    "Review",
    { id: t.id("rev"), text: t.text().max(500), note: t.text().optional() },
    { access: [{ role: customer, can: ["read", "create"], only: ["text"] }] },
  );
  expect(findings(textFromOutsideHasMax, modelOf(contexts))).toBe("");
});
