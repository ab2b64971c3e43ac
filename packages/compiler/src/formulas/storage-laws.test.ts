import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freshPages, hottestShare } from "./storage-laws.ts";

/** 1 / Σ k^−s, one by one. */
const summed = (rows: number, exponent: number): number =>
  1 / Array.from({ length: rows }, (_, index) => (index + 1) ** -exponent).reduce((total, weight) => total + weight, 0);

describe("the share of the most popular row", () => {
  test("of equal rows each has the same share", () => {
    expect(hottestShare.value(1_000, 0)).toBeCloseTo(1 / 1_000, 12);
  });

  test.each([
    [100, 0.8],
    [10_000, 0.8],
    [10_000, 1],
    [10_000, 0.5],
  ])("of %d rows with exponent %d it is what the sum says, within a twentieth", (rows, exponent) => {
    expect(hottestShare.value(rows, exponent) / summed(rows, exponent)).toBeCloseTo(1, 1);
  });

  test("it falls with the rows and grows with the exponent", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e10, noNaN: true }), fc.double({ min: 0, max: 1.5, noNaN: true }), (rows, exponent) => {
        const share = hottestShare.value(rows, exponent);
        expect(hottestShare.value(rows * 1.5, exponent)).toBeLessThanOrEqual(share);
        expect(hottestShare.value(rows, exponent + 0.1)).toBeGreaterThanOrEqual(share * (1 - 1e-9));
      }),
    );
  });
});

describe("pages touched for the first time", () => {
  test("while pages abound each row touches a page of its own", () => {
    expect(freshPages.value(1e9, 10)).toBeCloseTo(1, 6);
  });

  test("when rows abound all of them together touch each page once", () => {
    expect(freshPages.value(10, 1e6) * 1e6).toBeCloseTo(10, 6);
  });

  test("they grow with the pages and fall with the rows", () => {
    const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (pages, rows) => {
        const fresh = freshPages.value(pages, rows);
        expect(freshPages.value(pages * 2, rows)).toBeGreaterThanOrEqual(fresh * (1 - 1e-9));
        expect(freshPages.value(pages, rows * 2)).toBeLessThanOrEqual(fresh * (1 + 1e-9));
      }),
    );
  });
});
