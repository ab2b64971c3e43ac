import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { operationHasCode } from "./operation-has-code.ts";

test("an operation without body and handler is reported", () => {
  const { Orders, customer, contexts } = sample();
  Orders.command("packOrder", { allow: [customer] });
  expect(findings(operationHasCode, modelOf(contexts))).toMatchInlineSnapshot(`
    "info[lifecycle/operation-has-code] at orders.packOrder
      orders.packOrder is a design that waits for its code.
      why: It is checked and drawn, and a system that has it does not start.
      fix: Give it a \`body\`, or a \`handle\` where data cannot say what it does."
  `);
});

test("an operation with a handler is accepted", () => {
  const { Orders, customer, contexts } = sample();
  Orders.command("packOrder", { allow: [customer], async handle() {} });
  expect(findings(operationHasCode, modelOf(contexts))).toBe("");
});
