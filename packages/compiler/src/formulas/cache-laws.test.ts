import { expect, test } from "vitest";
import { entriesForHitShare, expiryHitShare, mostPopularShare } from "./cache-laws.ts";
import type { Law } from "./formula.ts";
import { cheHitShare } from "./laws.ts";

test("what Che's approximation says of a size is the size that it asks for", () => {
  for (const [size, items, exponent] of [
    [100, 1e4, 0.8],
    [1e4, 1e5, 1],
    [1e5, 1e6, 0.99],
    [9e5, 1e6, 0.6],
  ] as const)
    expect(entriesForHitShare.value(cheHitShare.value(size, items, exponent), items, exponent) / size).toBeCloseTo(1, 3);
});

test("a hit share of all needs all items, and one of nothing none", () => {
  expect(entriesForHitShare.value(1, 5_000, 0.8)).toBe(5_000);
  expect(entriesForHitShare.value(0, 5_000, 0.8)).toBe(0);
});

test("entries that expire after a minute answer what the reference says", () => {
  expect(expiryHitShare.value(1_000, 60, 1e5, 0.99)).toBeCloseTo(0.73962, 3);
});

test("a single item is asked for by everybody, and is fetched once in each period", () => {
  expect(mostPopularShare.value(1, 0.8)).toBe(1);
  expect(expiryHitShare.value(2, 5, 1, 0.8)).toBeCloseTo(10 / 11, 9);
});

test("the most popular of ten under Zipf's first law has one part in H(10)", () => {
  expect(mostPopularShare.value(10, 1)).toBeCloseTo(1 / 2.9289683, 6);
});

test("each law moves the way that it says in each argument", () => {
  const starts: readonly (readonly [Law, readonly number[]])[] = [
    [entriesForHitShare, [0.4, 2e4, 0.8]],
    [expiryHitShare, [50, 30, 2e4, 0.8]],
    [mostPopularShare, [2e4, 0.8]],
  ];
  for (const [law, start] of starts)
    start.forEach((_, argument) => {
      const values = [0.8, 1, 1.2].map((factor) =>
        law.value(...start.map((value, index) => (index === argument ? value * factor : value))),
      );
      const rises = values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
      expect(rises ? "up" : "down", `${law.name}, argument ${argument}: ${values.join(", ")}`).toBe(law.directions[argument]);
    });
});
