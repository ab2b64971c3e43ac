import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function placing() {
  const { Orders, Order, customer, contexts } = sample();
  const place = Orders.command("place", { allow: [customer], writes: [Order], async handle() {} });
  const model = modelOf(contexts, { users: 1_000, load: [{ on: place, mean: "5/s", peak: "20/s" }] });
  return (answers: Readonly<Record<string, number>>) => verdictOf(model, "rate-limit-store", answers);
}

test("the only process counts in its memory", () => {
  const { chosen, options } = placing()({ processes: 1 });
  expect(chosen).toBe("memory");
  expect(options["memory"]?.["error"]).toBe(0);
});

test("two processes would split ten attempts too unevenly", () => {
  const { chosen, options } = placing()({ processes: 2 });
  expect(chosen).toBe("postgres");
  expect(options["memory"]?.["error"]).toBeCloseTo(Math.sqrt(1 / 10));
  expect(options["memory"]?.ruledOutBy).toEqual([
    "a caller whose requests happen to meet one process is refused too early, and one who meets all too late",
  ]);
});

test("from 500 checks in a second on PostgreSQL is out", () => {
  expect(placing()({ processes: 2, "load.peak": 500 }).chosen).toBe("postgres");
  const { chosen, options } = placing()({ processes: 2, "load.peak": 501 });
  expect(chosen).toBe("redis");
  expect(options["postgres"]?.ruledOutBy).toEqual(["each request would write, and the database has to serve them besides"]);
});

test("nobody counts where nobody is limited", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "rate-limit-store")).toThrow("There is no decision rate-limit-store");
});
