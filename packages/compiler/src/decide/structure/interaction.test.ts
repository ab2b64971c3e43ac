import { context, integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

interface Case {
  readonly owners?: readonly [string, string, string];
  readonly stale?: "1s" | "10ms";
  readonly p99?: "400ms" | "250ms";
}

/** An order asks a price, and has a parcel sent by a third party that takes 150 ms. */
function shop({ owners: [first, second, third] = ["", "", ""], stale, p99 = "400ms" }: Case = {}) {
  const Prices = context("prices", { owner: first });
  const quote = Prices.query("quote", {
    allow: "system",
    returns: { price: t.int() },
    ...(stale && { stale }),
    handle: async () => ({ price: 1 }),
  });
  const Parcels = integration("parcels", {
    calls: { send: { p50: "50ms", p99: "150ms", availability: "99.99%" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const Shipping = context("shipping", { owner: second });
  const ship = Shipping.command("ship", { allow: "system", calls: [Parcels.send], async handle() {} });
  const Orders = context("orders", { owner: third });
  Orders.command("place", { allow: "anyone", calls: [quote, ship], slo: { p99 }, async handle() {} });
  return modelOf([Prices, Shipping, Orders], { team: 6, availability: "99.9%" });
}

test("contexts in one process call each other inside it", () => {
  const { chosen, options } = verdictOf(shop(), "interaction:orders.place->prices.quote");
  expect(chosen).toBe("in-process-call");
  expect(options["in-process-call"]).toMatchObject({ hours: 0, availability: 1, latency: 4 * 0.2 });
});

test("contexts of different processes call each other over HTTP, which adds a hop", () => {
  const { chosen, options } = verdictOf(shop({ owners: ["a", "b", "c"] }), "interaction:orders.place->prices.quote");
  expect(chosen).toBe("http-call");
  expect(options["in-process-call"]?.ruledOutBy).toEqual(["orders and prices run in different processes"]);
  expect(options["http-call"]).toMatchObject({ hours: 1, availability: 0.9999, latency: 4 * 0.2 + 0.75 });
});

test("a command that answers nothing becomes an event when it takes more than half of the promised time", () => {
  const id = "interaction:orders.place->shipping.ship";
  expect(verdictOf(shop(), id, { "parcels.send.p99": 199 }).chosen).toBe("in-process-call");
  const { chosen, options } = verdictOf(shop(), id, { "parcels.send.p99": 200 });
  expect(chosen).toBe("event");
  expect(options["in-process-call"]?.ruledOutBy).toEqual(["the wait would take more than its part of what place promises"]);
});

test("a command whose third party is less available than the promise becomes an event", () => {
  const { chosen, options } = verdictOf(shop(), "interaction:orders.place->shipping.ship", { "parcels.send.availability": 0.998 });
  expect(chosen).toBe("event");
  expect(options["in-process-call"]?.ruledOutBy).toEqual(["place fails whenever what it waits for does"]);
});

test("a copy serves a query whose answer may be older than a delivery takes", () => {
  const ruledOut = (stale?: "1s" | "10ms") =>
    verdictOf(shop({ ...(stale && { stale }) }), "interaction:orders.place->prices.quote").options["event"]?.ruledOutBy;
  expect(ruledOut("1s")).toEqual([]);
  for (const stale of ["10ms", undefined] as const)
    expect(ruledOut(stale)).toEqual(["an answer of quote must not be older than its promise"]);
});

test("what runs inside a transaction has no choice", () => {
  const Stock = context("stock");
  const take = Stock.command("take", { allow: "system", async handle() {} });
  const Orders = context("orders");
  Orders.command("place", { allow: "anyone", atomic: [take], async handle() {} });
  expect(() => verdictOf(modelOf([Stock, Orders]), "interaction:orders.place->stock.take")).toThrow("There is no decision interaction");
});
