import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

interface Setting {
  readonly stale?: "2s" | "500ms";
  readonly database?: "postgres-1" | "postgres-replicas";
  readonly cache?: "none" | "redis";
}

/** Staff look through the orders of everybody; customers place them. */
function orders({ stale = "2s", database = "postgres-replicas", cache = "none" }: Setting = {}) {
  const { Orders, Order, customer, staff, contexts } = sample();
  const place = Orders.command("place", {
    allow: [customer],
    input: { note: t.text() },
    body: ({ input, me, create }) => void create(Order, { buyer: me.id, note: input.note }),
  });
  const page = { returns: t.page(Order), stale } as const;
  const browse = Orders.query("browse", { ...page, allow: [staff], body: ({ page: find }) => find(Order) });
  const mine = Orders.query("mine", { ...page, allow: [customer], body: ({ page: find }) => find(Order) });
  const because = "the test is about the reads";
  return modelOf(contexts, {
    load: [place, browse, mine].map((on) => ({ on, mean: "100/s", peak: "1000/s" })),
    pin: { database: { choose: database, because }, cache: { choose: cache, because } },
  });
}

test("a read that may be late goes to a replica", () => {
  const { chosen, options } = verdictOf(orders(), "consistency-of-reads:orders.browse");
  expect(chosen).toBe("replica");
  expect(options["primary"]?.["on-primary"]).toBe(1_000);
  expect(options["replica"]?.["on-primary"]).toBe(0);
});

test("without replicas and a cache the primary answers", () => {
  const { chosen, options } = verdictOf(orders({ database: "postgres-1" }), "consistency-of-reads:orders.browse");
  expect(chosen).toBe("primary");
  expect(options["replica"]?.ruledOutBy).toEqual(["there is no read replica"]);
  expect(options["cache"]?.ruledOutBy).toEqual(["there is no cache"]);
});

test("without replicas what is kept in a cache need not be read again", () => {
  expect(verdictOf(orders({ database: "postgres-1", cache: "redis" }), "consistency-of-reads:orders.browse").chosen).toBe("cache");
});

test("a read that may be late by less than a replica lags stays with the primary", () => {
  const { chosen, options } = verdictOf(orders({ stale: "500ms" }), "consistency-of-reads:orders.browse");
  expect(chosen).toBe("primary");
  expect(options["replica"]?.ruledOutBy).toEqual(["browse may be late by less than a replica or an entry of a cache is"]);
});

test("who writes more than he reads needs the primary for all of it, to see his own changes", () => {
  const { chosen, options } = verdictOf(orders(), "consistency-of-reads:orders.mine", { "orders.place.peak": 3_000 });
  expect(chosen).toBe("primary");
  expect(options["replica"]?.["on-primary"]).toBe(1_000);
  expect(verdictOf(orders(), "consistency-of-reads:orders.mine", { "orders.place.peak": 100 }).chosen).toBe("replica");
});

test("a few reads are not worth a second place to look", () => {
  expect(verdictOf(orders(), "consistency-of-reads:orders.browse", { "orders.browse.peak": 10 }).chosen).toBe("primary");
});

test("a query that says nothing of being late has only the primary", () => {
  const { Orders, Order, staff, contexts } = sample();
  Orders.query("browse", { allow: [staff], returns: t.page(Order), body: ({ page }) => page(Order) });
  expect(() => verdictOf(modelOf(contexts), "consistency-of-reads:orders.browse")).toThrow("There is no decision consistency-of-reads");
});
