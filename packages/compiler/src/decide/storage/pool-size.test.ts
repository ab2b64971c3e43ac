import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

/** Orders are read one by one. A read holds a connection for 2.034 ms: its work, and four trips of half a millisecond. */
function orders() {
  const { Orders, Order, customer, contexts } = sample();
  const look = Orders.query("look", {
    allow: [customer],
    input: { order: t.ref(Order) },
    returns: Order,
    slo: { p99: "100ms" },
    body: ({ input, get }) => get(Order, input.order),
  });
  return modelOf(contexts, { growth: "0%", load: [{ on: look, mean: "1/s", peak: "10/s" }] });
}

test("a small database works best with two connections for each processor, and one", () => {
  const { chosen, options } = verdictOf(orders(), "pool-size");
  expect(chosen).toBe("connections-5");
  expect(options["connections-5"]).toMatchObject({ connections: 5, slowdown: 0 });
  expect(options["connections-9"]?.["slowdown"]).toBeGreaterThan(0);
});

test("fewer connections than are held at the peak, with headroom, are ruled out", () => {
  const held = (perSecond: number): number => (perSecond * 2.034) / 1_000;
  expect(held(1_900) * 1.25).toBeLessThan(5);
  expect(verdictOf(orders(), "pool-size", { "orders.look.peak": 1_900 }).options["connections-5"]?.ruledOutBy).not.toContain(
    "transactions come faster than connections are given back",
  );
  expect(held(2_000) * 1.25).toBeGreaterThan(5);
  const { chosen, options } = verdictOf(orders(), "pool-size", { "orders.look.peak": 2_000 });
  expect(options["connections-5"]?.ruledOutBy).toContain("transactions come faster than connections are given back");
  expect(chosen).toBe("connections-9");
});

test("one in a hundred may wait 5 % of the tightest promise for a connection", () => {
  const wait = { "orders.look.peak": 1_500 };
  expect(verdictOf(orders(), "pool-size", wait).options["connections-5"]).toMatchObject({ ruledOutBy: [] });
  const tight = verdictOf(orders(), "pool-size", { ...wait, "orders.look.slo.p99": 60 });
  expect(tight.options["connections-5"]?.ruledOutBy).toEqual(["waiting for a connection eats up the promised p99"]);
  expect(tight.options["connections-9"]).toMatchObject({ ruledOutBy: [] });
});

test("a model that keeps nothing has no pool", () => {
  expect(() => verdictOf(modelOf([]), "pool-size")).toThrow("There is no decision pool-size");
});
