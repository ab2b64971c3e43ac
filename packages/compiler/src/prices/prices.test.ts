import { expect, test } from "vitest";
import { valueOf } from "../formulas/testing.ts";
import { priceFormulas } from "./price-formulas.ts";
import { prices } from "./prices.ts";

test("every price has an id of its own, in words with hyphens", () => {
  const ids = prices.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("every price is a positive number of dollars", () => {
  for (const { id, dollars } of prices) expect(dollars, id).toBeGreaterThan(0);
});

test("every price says for what it is, per what, where it was read and when", () => {
  for (const { id, words, per, source, dated } of prices) {
    for (const said of [words, per, source]) expect(said, id).toMatch(/\S/);
    expect(dated, id).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
  }
});

test("a larger instance of PostgreSQL costs more than a smaller one", () => {
  const hours = prices.filter(({ id }) => id.startsWith("postgres-")).map(({ dollars }) => dollars);
  expect(hours).toEqual([...hours].sort((left, right) => left - right));
  expect(hours).toHaveLength(9);
});

test("the prices of the study's container come to 9.01 dollars a month", () => {
  const price = priceFormulas("USD");
  expect((valueOf(price("vcpu-hour")) * 0.25 + valueOf(price("memory-hour")) * 0.5) * 730).toBeCloseTo(9.01, 2);
});

test("a price is an input that can be answered otherwise, with its source and its date", () => {
  expect(priceFormulas("USD")("egress")).toMatchObject({
    kind: "input",
    id: "price.egress",
    value: 0.09,
    ground: { kind: "price", source: "reliability study 2.3, secondary sources", dated: "2026-01" },
  });
});

test("another currency is the dollars at a rate that can be answered otherwise", () => {
  expect(valueOf(priceFormulas("EUR")("load-balancer"))).toBeCloseTo(22 * 0.9, 9);
  expect(priceFormulas("EUR")("egress")).toMatchObject({
    kind: "computed",
    of: [{ id: "price.egress" }, { id: "constant.EUR-for-dollar", value: 0.9 }],
  });
});
