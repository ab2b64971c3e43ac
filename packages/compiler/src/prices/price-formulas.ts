import { constant, product, type Formula, type Input } from "../formulas/formula.ts";
import { prices, type PriceId } from "./prices.ts";

/** Every price as a formula, in the currency asked for. What-ifs override it as `price.egress`. */
export function priceFormulas(currency: string): (id: PriceId) => Formula {
  const inDollars = new Map<string, Input>(
    prices.map(({ id, words, per, dollars, source, dated }) => [
      id,
      {
        kind: "input",
        id: `price.${id}`,
        words: `US dollars for ${words}, per ${per}`,
        unit: "money",
        value: dollars,
        ground: { kind: "price", source, dated },
      },
    ]),
  );
  const rate = exchangeRates[currency];
  const exchange = constant(
    `${currency}-for-dollar`,
    `${currency} for a US dollar`,
    rate ?? 1,
    "money",
    "general",
    "rate of early 2026, rounded",
  );
  const inCurrency = new Map([...inDollars].map(([id, input]) => [id, currency === "USD" ? input : product(input, exchange)]));
  return (id) => inCurrency.get(id) ?? exchange;
}

const exchangeRates: Readonly<Record<string, number | undefined>> = { USD: 1, EUR: 0.9, GBP: 0.77, CHF: 0.85, BRL: 5.5 };
