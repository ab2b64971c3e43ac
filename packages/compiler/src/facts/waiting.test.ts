import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { factsOf } from "./facts.ts";

function withChain(policy: { timeout?: "2s"; retries: number }) {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "300ms" }, getTax: { p50: "10ms", p99: "40ms" } },
    onFailure: { ...policy, then: "fail" },
  });
  const inner = Orders.query("inner", { allow: "system", calls: [Rates.getRate], async handle() {} });
  const promised = Orders.query("promised", { allow: "system", calls: [Rates.getRate], slo: { p99: "500ms" }, async handle() {} });
  Orders.query("outer", { allow: [customer], calls: [inner, promised, Rates.getTax], async handle() {} });
  return factsOf(modelOf(contexts)).waitingOf("orders.outer");
}

test("the p99 of a chain is the sum of what its callees promise, wait for themselves, or state", () => {
  const { p99Ms, parts } = withChain({ timeout: "2s", retries: 3 });
  expect(parts.map(({ callee, p99Ms: part }) => [callee.id, part])).toEqual([
    ["orders.inner", 300],
    ["orders.promised", 500],
    ["rates.getTax", 40],
  ]);
  expect(p99Ms).toBe(840);
});

test("the worst wait is every attempt lasting until its timeout", () => {
  expect(withChain({ timeout: "2s", retries: 3 }).worstMs).toBe(3 * 4 * 2_000);
});

test("without a timeout the p99 stands in for it", () => {
  expect(withChain({ retries: 0 }).worstMs).toBe(300 + 500 + 40);
});

test("an operation that calls nobody does not wait", () => {
  expect(factsOf(modelOf(sample().contexts)).waitingOf("orders.unheard")).toEqual({ p99Ms: 0, worstMs: 0, parts: [] });
});

test("a model in which operations call each other in a circle is answered all the same", () => {
  const { Orders, contexts } = sample();
  const ping = Orders.query("ping", { allow: "system", slo: { p99: "5ms" }, async handle() {} });
  Orders.query("pong", { allow: "system", calls: [ping], async handle() {} });
  const model = modelOf(contexts);
  const operations = model.operations.map((operation) =>
    operation.id === "orders.ping" ? { ...operation, calls: ["orders.pong"] } : operation,
  );
  expect(factsOf({ ...model, operations }).waitingOf("orders.pong").p99Ms).toBe(5);
});
