import type { Model } from "@archwright/model";
import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { broker } from "../messaging/broker.ts";
import { ordering } from "../messaging/ordering.ts";
import { relay } from "../messaging/relay.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { cache } from "./cache.ts";
import { cacheExpiry } from "./cache-expiry.ts";

const rules = [cache, cacheExpiry, broker, ordering, relay];

/** One order at a time, whose answer may be as old as this; whoever changes it may say so. */
function orders(facts: { stale?: "500ms" | "30s" | "2h"; says?: boolean; cache?: "none" | "redis" } = {}): Model {
  const { Orders, Order, customer, contexts } = sample();
  const Changed = Orders.event("Changed", { order: t.ref(Order) });
  const rename = Orders.command("rename", {
    allow: [customer],
    input: { order: t.ref(Order) },
    writes: [Order],
    ...(facts.says && { emits: [Changed] }),
    async handle() {},
  });
  const find = Orders.query("findOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    returns: Order,
    ...(facts.stale && { stale: facts.stale }),
    body: ({ input, get }) => get(Order, input.order),
  });
  return modelOf(contexts, {
    load: [
      { on: find, mean: "5/s", peak: "1000/s" },
      { on: rename, mean: "1/s", peak: "1/s" },
    ],
    ...(facts.cache && { pin: { cache: { choose: facts.cache, because: "as it is" } } }),
  });
}

const decided = (facts: Parameters<typeof orders>[0], answers: Record<string, number> = {}): Verdict =>
  verdictOf(orders(facts), "cache-expiry:orders.findOrder", { "orders.Order.rows.horizon": 10_000, ...answers }, rules);

test("an answer is kept as long as it may be old, by the ladder", () => {
  expect(decided({ stale: "30s", cache: "redis" }).chosen).toBe("10s");
  expect(decided({ stale: "2h", cache: "redis" }).chosen).toBe("1h");
  expect(decided({ stale: "30s", cache: "redis" }).options["1m"]?.ruledOutBy).toEqual([
    "an answer of findOrder may not be older than that",
  ]);
});

test("without a cache nothing is kept", () => {
  const { chosen, options } = decided({ stale: "30s", cache: "none" });
  expect(chosen).toBe("none");
  expect(options["1s"]?.ruledOutBy).toEqual(["there is no cache to keep it in"]);
});

test("an answer that may be younger than the shortest time is not kept", () => {
  expect(decided({ stale: "500ms", cache: "redis" }).chosen).toBe("none");
});

test("where hits are rare, asking the cache costs more than it saves", () => {
  const rare = (peak: number) =>
    decided({ stale: "30s", cache: "redis" }, { "orders.findOrder.peak": peak, "orders.Order.rows.horizon": 1e6 });
  expect(rare(1_000).chosen).toBe("none");
  expect(Number(rare(1_000).options["10s"]?.["hit-share"])).toBeLessThan(0.5);
  expect(rare(100_000).chosen).toBe("10s");
});

test("rows that hardly change are kept until an event says that they have", () => {
  const busy = { "orders.findOrder.peak": 150_000, "orders.Order.rows.horizon": 1e6 };
  const { chosen, options } = decided({ stale: "30s", says: true, cache: "redis" }, busy);
  expect(chosen).toBe("until-changed");
  expect(Number(options["until-changed"]?.["hit-share"])).toBeGreaterThan(Number(options["10s"]?.["hit-share"]));
  expect(decided({ stale: "30s", says: true, cache: "redis" }, { ...busy, "orders.rename.peak": 500_000 }).chosen).toBe("10s");
});

test("a change that nobody tells of rules out waiting for it", () => {
  const { options } = decided({ stale: "30s", cache: "redis" });
  expect(options["until-changed"]?.ruledOutBy).toEqual(["a change that nobody tells of leaves the old answer for good"]);
});

test("entries expire up to a tenth earlier than they might, and many would fetch the same at once", () => {
  const { options } = decided({ stale: "30s", cache: "redis" });
  expect(options["10s"]?.["jitter"]).toBeCloseTo(1, 9);
  expect(Number(options["10s"]?.["herd"])).toBeGreaterThan(0);
});

test("a query that may not be old has no time to choose", () => {
  expect(() => decided({ cache: "redis" })).toThrow("There is no decision cache-expiry:orders.findOrder");
});
