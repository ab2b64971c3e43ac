import { context } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { chainIsAsAvailableAsPromised } from "./chain-is-as-available-as-promised.ts";

function withTwoCallees() {
  const { Orders, customer, contexts } = sample();
  const facts = { allow: "system", slo: { p99: "50ms", availability: "99.9%" }, async handle() {} } as const;
  const getPrice = Orders.query("getPrice", facts);
  const getStock = Orders.query("getStock", facts);
  return { Orders, customer, contexts, getPrice, getStock };
}

test("two callees at 99.9 % under a promise of 99.9 % are reported", () => {
  const { Orders, customer, contexts, getPrice, getStock } = withTwoCallees();
  Orders.query("showOffer", {
    allow: [customer],
    calls: [getPrice, getStock],
    slo: { p99: "200ms", availability: "99.9%" },
    async handle() {},
  });
  expect(findings(chainIsAsAvailableAsPromised, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[reliability/chain-is-as-available-as-promised] at orders.showOffer
      orders.showOffer has to be available for 99.9 %, and what it waits for leaves 99.8 %: orders.getPrice (99.9 %) and orders.getStock (99.9 %).
      why: A chain works while all of its links do: 86 min of failure in 30 days, where 43 min are promised.
      fix: Take a link out of the request (a reaction to an event, a copy of its data), or promise 99.8 %."
  `);
});

test("the promise of the system holds where an operation has none of its own", () => {
  const { Orders, customer, contexts, getPrice, getStock } = withTwoCallees();
  Orders.query("showOffer", { allow: [customer], calls: [getPrice, getStock], async handle() {} });
  expect(findings(chainIsAsAvailableAsPromised, modelOf(contexts, { availability: "99.9%" }))).toContain(
    "orders.showOffer has to be available for 99.9 %",
  );
});

test("the promise of a context holds for its operations, whatever the system promises", () => {
  const { contexts, getPrice, getStock, customer } = withTwoCallees();
  const Search = context("search", { availability: "99.95%" });
  Search.query("findOffer", { allow: [customer], calls: [getPrice, getStock], async handle() {} });
  const all = [...contexts, Search];
  expect(findings(chainIsAsAvailableAsPromised, modelOf(all, { availability: "99%" }))).toContain(
    "search.findOffer has to be available for 99.95 %",
  );
});

test("a promise of exactly what the chain leaves is accepted, however it is rounded", () => {
  const { Orders, customer, contexts } = sample();
  const getPrice = Orders.query("getPrice", { allow: "system", slo: { p99: "50ms", availability: "97%" }, async handle() {} });
  const getStock = Orders.query("getStock", { allow: "system", slo: { p99: "50ms", availability: "99%" }, async handle() {} });
  const slo = { p99: "200ms", availability: "96.03%" } as const;
  Orders.query("showOffer", { allow: [customer], calls: [getPrice, getStock], slo, async handle() {} });
  expect(0.97 * 0.99).toBeLessThan(0.9603);
  expect(findings(chainIsAsAvailableAsPromised, modelOf(contexts))).toBe("");
});

test("one callee that is as available as the promise is accepted", () => {
  const { Orders, customer, contexts, getPrice, getStock } = withTwoCallees();
  Orders.query("showStock", { allow: [customer], calls: [getStock], async handle() {} });
  Orders.query("showOffer", { allow: [customer], calls: [getPrice], slo: { p99: "200ms", availability: "99.9%" }, async handle() {} });
  expect(findings(chainIsAsAvailableAsPromised, modelOf(contexts))).toBe("");
});
