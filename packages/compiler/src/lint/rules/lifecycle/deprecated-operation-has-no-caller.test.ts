import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { deprecatedOperationHasNoCaller } from "./deprecated-operation-has-no-caller.ts";

function withOldWeight() {
  const { Orders, customer, contexts } = sample();
  const oldWeight = Orders.query("oldWeight", {
    allow: [customer],
    deprecated: "use weight",
    returns: t.int(),
    async handle() {
      return 1;
    },
  });
  return { Orders, customer, contexts, oldWeight };
}

test("a deprecated operation that is still called is reported", () => {
  const { Orders, customer, contexts, oldWeight } = withOldWeight();
  Orders.command("packOrder", { allow: [customer], calls: [oldWeight], async handle() {} });
  expect(findings(deprecatedOperationHasNoCaller, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[lifecycle/deprecated-operation-has-no-caller] at orders.oldWeight
      orders.oldWeight is deprecated ("use weight") and is still used by orders.packOrder.
      why: It cannot be taken out while this system itself leans on it, so the outside is asked to do what the inside has not done.
      fix: Let orders.packOrder do without it."
  `);
});

test("a deprecated operation that only clients call is accepted", () => {
  expect(findings(deprecatedOperationHasNoCaller, modelOf(withOldWeight().contexts))).toBe("");
});
