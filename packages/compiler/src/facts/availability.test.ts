import { context, integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { factsOf } from "./facts.ts";

test("a chain is as available as the product of its links, in however many steps", () => {
  const { Orders, customer, contexts } = sample();
  const facts = { allow: "system", slo: { p99: "50ms", availability: "99.9%" }, async handle() {} } as const;
  const [first, second] = [Orders.query("first", facts), Orders.query("second", facts)];
  const silent = Orders.query("silent", { allow: "system", calls: [first], async handle() {} });
  Orders.query("show", { allow: [customer], calls: [silent, second], async handle() {} });
  const { share, parts } = factsOf(modelOf(contexts)).availabilityOf("orders.show");
  expect(share).toBeCloseTo(0.999 * 0.999, 12);
  expect(parts.map(({ callee }) => callee)).toEqual(["orders.second", "orders.silent"]);
});

test("what runs inside the caller's own transaction fails with it and is not counted", () => {
  const { Orders, Order, customer, contexts } = sample();
  const inside = Orders.command("inside", {
    allow: "system",
    writes: [Order],
    slo: { p99: "50ms", availability: "99%" },
    async handle() {},
  });
  Orders.command("outside", { allow: [customer], atomic: [inside], async handle() {} });
  expect(factsOf(modelOf(contexts)).availabilityOf("orders.outside").share).toBe(1);
});

function shareWithRates(then: "fail" | "queue" | "degrade"): number {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms", availability: "99.5%" }, getFee: { p50: "50ms", p99: "100ms" } },
    onFailure: { timeout: "200ms", retries: 0, then },
  });
  const inner = Orders.query("inner", { allow: "system", calls: [Rates.getRate, Rates.getFee], async handle() {} });
  Orders.query("show", { allow: [customer], calls: [inner], async handle() {} });
  return factsOf(modelOf(contexts)).availabilityOf("orders.show").share;
}

test("a third party counts with the availability that is stated of it, and with none where none is", () => {
  expect(shareWithRates("fail")).toBe(0.995);
});

test("a third party whose failure is survived costs no availability", () => {
  expect([shareWithRates("queue"), shareWithRates("degrade")]).toEqual([1, 1]);
});

test("a callee without a promise is as available as its context promises, which counts once for all that is asked of it", () => {
  const { Orders, customer, contexts } = sample();
  const Search = context("search", { availability: "99.5%" });
  const asked = { allow: "system", async handle() {} } as const;
  const promised = Search.query("promised", { ...asked, slo: { p99: "50ms", availability: "99.9%" } });
  const [find, suggest] = [Search.query("find", asked), Search.query("suggest", asked)];
  Orders.query("show", { allow: [customer], calls: [find, suggest, promised], async handle() {} });
  const { share, parts } = factsOf(modelOf([...contexts, Search])).availabilityOf("orders.show");
  expect(parts).toEqual([
    { callee: "search.find", share: 0.995 },
    { callee: "search.promised", share: 0.999 },
  ]);
  expect(share).toBeCloseTo(0.995 * 0.999, 12);
});

test("what a context promises costs its own operations nothing", () => {
  const Search = context("search", { availability: "99.5%" });
  const find = Search.query("find", { allow: "system", async handle() {} });
  Search.query("show", { allow: "anyone", calls: [find], async handle() {} });
  expect(factsOf(modelOf([Search])).availabilityOf("search.show").share).toBe(1);
});
