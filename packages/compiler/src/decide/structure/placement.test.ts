import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

/** Orders of which each takes from a stock in the same transaction, and asks a price of its own accord. */
function shop(owners: readonly [string, string, string], facts: Parameters<typeof modelOf>[1] = {}) {
  const [first, second, third] = owners;
  const Stock = context("stock", { owner: first });
  const take = Stock.command("take", { allow: "system", async handle() {} });
  const Prices = context("prices", { owner: second });
  const quote = Prices.query("quote", { allow: "anyone", returns: { price: t.int() }, handle: async () => ({ price: 1 }) });
  const Orders = context("orders", { owner: third });
  Orders.command("place", { allow: "anyone", atomic: [take], calls: [quote], async handle() {} });
  return modelOf([Stock, Prices, Orders], { team: 6, ...facts });
}

test("two owners share one process", () => {
  expect(verdictOf(shop(["logistics", "sales", "sales"]), "placement").chosen).toBe("one-process");
});

test("three owners do not share a process, and what one transaction binds stays together", () => {
  const { chosen, options } = verdictOf(shop(["logistics", "pricing", "sales"]), "placement");
  expect(chosen).toBe("process-per-group");
  expect(options["one-process"]?.ruledOutBy).toEqual(["more teams than that wait for each other's releases"]);
  expect(options["process-per-group"]).toMatchObject({ deployables: 2, hours: 2 * 4 + 0.5, latency: 0.75 });
});

test("contexts that one transaction binds are never apart, though they belong to different owners", () => {
  const { options } = verdictOf(shop(["logistics", "pricing", "sales"]), "placement");
  expect(options["process-per-context"]).toMatchObject({ deployables: 2, ruledOutBy: [] });
});

test("contexts of one owner that no transaction binds are apart where each has its process", () => {
  const { options } = verdictOf(shop(["sales", "sales", "sales"]), "placement");
  expect(options["process-per-group"]).toMatchObject({ deployables: 1 });
  expect(options["process-per-context"]).toMatchObject({ deployables: 2 });
});

test("two teams of eight share a process, one person more does not fit", () => {
  const model = shop(["", "", ""]);
  expect(verdictOf(model, "placement", { team: 16 }).options["one-process"]?.ruledOutBy).toEqual([]);
  expect(verdictOf(model, "placement", { team: 17 }).options["one-process"]?.ruledOutBy).toEqual([
    "more teams than that wait for each other's releases",
  ]);
});

test("a context that needs five times the processors of another leaves it", () => {
  const { contexts, Orders, customer } = sample();
  const place = Orders.command("place", { allow: [customer], async handle() {} });
  const model = modelOf(contexts, { team: 6, load: [{ on: place, mean: "1/s", peak: "2/s" }] });
  // One request takes 0.45 ms, so that 5 × 0.7 processors are busy at 7,778 a second.
  expect(verdictOf(model, "placement", { "orders.place.peak": 7_770 }).chosen).toBe("one-process");
  const { chosen, options } = verdictOf(model, "placement", { "orders.place.peak": 7_790 });
  expect(chosen).toBe("process-per-context");
  expect(options["one-process"]?.ruledOutBy).toEqual(["the busiest context would multiply the others along with itself"]);
});

test("a context that may be down ten times as long as another leaves it", () => {
  const of = (availability: "99%" | "99.1%") => {
    const Core = context("core", { owner: "one", availability: "99.9%" });
    const Rest = context("rest", { owner: "two", availability });
    return verdictOf(modelOf([Core, Rest], { team: 6 }), "placement");
  };
  expect(of("99.1%").chosen).toBe("one-process");
  const { chosen, options } = of("99%");
  expect(chosen).toBe("process-per-group");
  expect(options["one-process"]?.ruledOutBy).toEqual(["the context with the loosest promise could take the strictest down"]);
});

test("two hops in a row do not keep a promise of 99.99 %", () => {
  const model = (availability: "99.98%" | "99.99%") => {
    const C = context("c");
    const last = C.query("last", { allow: "anyone", returns: { price: t.int() }, handle: async () => ({ price: 1 }) });
    const B = context("b");
    const middle = B.query("middle", { calls: [last], returns: { price: t.int() }, handle: async () => ({ price: 1 }) });
    const A = context("a");
    A.query("first", { calls: [middle], returns: { price: t.int() }, handle: async () => ({ price: 1 }) });
    return modelOf([A, B, C], { team: 6, availability });
  };
  expect(verdictOf(model("99.98%"), "placement").options["process-per-context"]?.ruledOutBy).toEqual([]);
  expect(verdictOf(model("99.99%"), "placement").options["process-per-context"]?.ruledOutBy).toEqual([
    "every hop takes its share of the promised availability",
  ]);
});

test("one person cannot run six processes", () => {
  const contexts = Array.from({ length: 6 }, (_, place) => context(`c${place}`));
  const { options } = verdictOf(modelOf(contexts, { team: 1 }), "placement");
  expect(options["process-per-context"]).toMatchObject({
    hours: 24,
    ruledOutBy: ["the team has other work than keeping processes running"],
  });
});

test("a single context has nothing to be split", () => {
  const Only = context("only");
  Only.entity("Thing", { id: t.id("thg") });
  const { options } = verdictOf(modelOf([Only]), "placement");
  expect(Object.keys(options)).toEqual(["one-process"]);
  expect(options["one-process"]).toMatchObject({ deployables: 1 });
});
