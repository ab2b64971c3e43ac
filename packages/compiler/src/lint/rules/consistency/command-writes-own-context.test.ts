import { context } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { commandWritesOwnContext } from "./command-writes-own-context.ts";

test("a command that writes the entity of another context is reported", () => {
  const { Order, staff, contexts } = sample();
  const Billing = context("billing");
  Billing.command("closeOrder", { allow: [staff], writes: [Order] as never, async handle() {} });
  expect(findings(commandWritesOwnContext, modelOf([...contexts, Billing]))).toMatchInlineSnapshot(`
    "error[consistency/command-writes-own-context] at billing.closeOrder
      billing.closeOrder writes orders.Order, which belongs to orders.
      why: What orders promises of its rows no longer holds, and neither context can be changed or moved without the other.
      fix: Call a command of orders, or emit an event that orders reacts to."
  `);
});

test("a command that writes the entities of its own context is accepted", () => {
  const { Orders, Order, staff, contexts } = sample();
  Orders.command("closeOrder", { allow: [staff], writes: [Order], async handle() {} });
  expect(findings(commandWritesOwnContext, modelOf(contexts))).toBe("");
});
