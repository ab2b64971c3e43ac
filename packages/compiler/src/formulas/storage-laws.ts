import type { Law } from "./formula.ts";

/** Laws of what is written where, each monotone in every argument. */

/**
 * The share of all changes that meets the most popular of `rows`, when their popularity follows Zipf's law; an exponent of 0 makes them equal.
 * Source: 1 / H(n, s), with the harmonic number taken by the formula of Euler and Maclaurin, which is exact for an exponent of 0.
 */
export const hottestShare: Law = {
  name: "the share of the most popular row (Zipf)",
  source: "Zipf's law: 1 / H(n, s)",
  directions: ["down", "up"],
  value: (rows, exponent) => {
    if (rows <= 1) return 1;
    const tail = Math.abs(1 - exponent) < 1e-9 ? Math.log(rows) : (rows ** (1 - exponent) - 1) / (1 - exponent);
    return 1 / (tail + (1 + rows ** -exponent) / 2);
  },
};

/**
 * How many different pages one row touches on the average, when `rows` of them fall on `pages` at random: 1 as long as pages abound, and
 * next to nothing when every page is touched again and again.
 */
export const freshPages: Law = {
  name: "pages touched for the first time, for each row",
  source: "P/K · (1 − e^(−K/P)) for K rows on P pages at random",
  directions: ["up", "down"],
  value: (pages, rows) => {
    if (pages <= 0) return 0;
    const perPage = rows / pages;
    // The difference from 1 would drown in noise.
    return perPage < 1e-6 ? 1 : -Math.expm1(-perPage) / perPage;
  },
};
