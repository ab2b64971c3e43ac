import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { atomicCalleeMakesNoExternalCall } from "./atomic-callee-makes-no-external-call.ts";

function withWeigh() {
  const { Orders, Order, customer, contexts } = sample();
  const Scales = integration("scales", {
    calls: { getWeight: { p50: "10ms", p99: "50ms" } },
    onFailure: { timeout: "100ms", retries: 0, then: "fail" },
  });
  const weigh = Orders.command("weigh", { allow: "system", calls: [Scales.getWeight], async handle() {} });
  return { Orders, Order, customer, contexts, weigh };
}

test("a command inside a transaction that calls a third party is reported", () => {
  const { Orders, Order, customer, contexts, weigh } = withWeigh();
  Orders.command("pack", { allow: [customer], writes: [Order], atomic: [weigh], async handle() {} });
  expect(findings(atomicCalleeMakesNoExternalCall, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[consistency/atomic-callee-makes-no-external-call] at orders.pack
      orders.pack runs orders.weigh inside its transaction, and orders.weigh calls scales.getWeight.
      why: An open transaction would hold its locks and its connection for as long as scales takes, so the runtime refuses the call.
      fix: Call scales.getWeight before the transaction, or emit an event and call it in the reaction."
  `);
});

test("the same command in a transaction of its own is accepted", () => {
  const { Orders, Order, customer, contexts, weigh } = withWeigh();
  Orders.command("pack", { allow: [customer], writes: [Order], calls: [weigh], async handle() {} });
  expect(findings(atomicCalleeMakesNoExternalCall, modelOf(contexts))).toBe("");
});
