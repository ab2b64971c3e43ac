import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

test("a leak that costs next to nothing is worth neither policies nor a second lock", () => {
  expect(verdictOf(modelOf(sample().contexts), "row-security", { "leak-cost": 500 }).chosen).toBe("filter-in-application");
});

test("the dearer a leak is, the more locks are put before it", () => {
  const at = (leak: number): string =>
    verdictOf(modelOf(sample().contexts), "row-security", { "leak-cost": leak, "guard.places": 20 }).chosen;
  expect(at(500)).toBe("filter-in-application");
  expect(at(5_000)).toBe("policy-in-database");
  expect(at(1_000_000)).toBe("both");
});

test("a policy slows the database by 0.7 % of its work", () => {
  const answers = { "orders.look.peak": 100_000 };
  const { Orders, Order, customer, contexts } = sample();
  const look = Orders.query("look", {
    allow: [customer],
    input: { order: t.ref(Order) },
    returns: Order,
    body: ({ input, get }) => get(Order, input.order),
  });
  const { options } = verdictOf(modelOf(contexts, { load: [{ on: look, mean: "1/s", peak: "2/s" }] }), "row-security", answers);
  const core = (0.225 * 730.5) / 2;
  expect(options["policy-in-database"]?.["slowed"]).toBeCloseTo(((3.4 * 0.007) / 0.7) * core, 6);
  expect(options["filter-in-application"]?.["slowed"]).toBe(0);
});

test("two locks leak only when both fail", () => {
  const { options } = verdictOf(modelOf(sample().contexts), "row-security", { "guard.places": 10 });
  expect(options["filter-in-application"]?.["leaks"]).toBeCloseTo(0.1, 9);
  expect(options["both"]?.["leaks"]).toBeCloseTo(0.1 * 0.003, 9);
});

test("rows that concern everybody alike need no lock", () => {
  const Board = context("board");
  const Person = Board.entity("Person", { id: t.id("per") });
  const reader = role("reader", Person);
  Board.entity("Notice", { id: t.id("ntc"), words: t.text() }, { access: [{ role: reader, can: ["read", "list"] }] });
  expect(() => verdictOf(modelOf([Board]), "row-security")).toThrow("There is no decision row-security");
});
