import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { ownContextIsCalledAtomically } from "./own-context-is-called-atomically.ts";

function withClose() {
  const { Orders, Order, customer, contexts } = sample();
  const close = Orders.command("close", { allow: "system", writes: [Order], async handle() {} });
  return { Orders, customer, contexts, close };
}

test("a command that calls a command of its own context is reported", () => {
  const { Orders, customer, contexts, close } = withClose();
  Orders.command("finish", { allow: [customer], calls: [close], async handle() {} });
  expect(findings(ownContextIsCalledAtomically, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[consistency/own-context-is-called-atomically] at orders.finish
      orders.finish calls orders.close, a command of its own context, in a transaction apart.
      why: If orders.finish fails afterwards, what orders.close wrote stays: half of the work is done.
      fix: List orders.close under \`atomic\`, so that both commit together or not at all."
  `);
});

test("a command of the same context inside the transaction is accepted", () => {
  const { Orders, customer, contexts, close } = withClose();
  Orders.command("finish", { allow: [customer], atomic: [close], async handle() {} });
  expect(findings(ownContextIsCalledAtomically, modelOf(contexts))).toBe("");
});
