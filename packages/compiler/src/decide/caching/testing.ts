import { t } from "@archwright/model/language";
import type { Model } from "@archwright/model";
import { modelOf, sample } from "../../lint/testing.ts";

/** Pages of orders, found by words, whose answers may be as old as this. `orders.findOrders` and `orders.Order` are the ids. */
export function library(stale?: "1s" | "30s" | "1h" | "1d"): Model {
  const { Orders, Order, customer, contexts } = sample();
  const find = Orders.query("findOrders", {
    allow: [customer],
    input: { words: t.text().max(80) },
    returns: t.page(Order),
    reads: [Order],
    ...(stale && { stale }),
    async handle({ db }) {
      return db.Order.page({});
    },
  });
  return modelOf(contexts, { load: [{ on: find, mean: "5/s", peak: "10/s" }] });
}
