import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

type Hosting = "containers" | "serverless";

const shop = (choose: Hosting) => modelOf(sample().contexts, { pin: { hosting: { choose, because: "the test is about the pooler" } } });

test("few processes hold their own connections", () => {
  const { chosen, options } = verdictOf(shop("containers"), "pooler");
  expect(chosen).toBe("none");
  expect(options["none"]).toMatchObject({ latency: 0, cost: 0 });
});

test("more than three times the connections that work at full speed need a pooler", () => {
  // Four for each process, and 15 at most with two processors.
  expect(verdictOf(shop("containers"), "pooler", { processes: 3 }).chosen).toBe("none");
  const { chosen, options } = verdictOf(shop("containers"), "pooler", { processes: 4 });
  expect(chosen).toBe("pgbouncer-transaction");
  expect(options["none"]?.ruledOutBy).toEqual(["connections in excess slow each other down"]);
  expect(options["pgbouncer-transaction"]?.["open"]).toBe(5);
});

test("functions cannot hold connections, and pay for the pool with their hosting", () => {
  const { chosen, options } = verdictOf(shop("serverless"), "pooler");
  expect(chosen).toBe("pgbouncer-transaction");
  expect(options["none"]?.ruledOutBy).toContain("every function that wakes would open a connection of its own");
  expect(options["pgbouncer-transaction"]?.["cost"]).toBe(0);
});

test("a model that keeps nothing has nothing to connect to", () => {
  expect(() => verdictOf(modelOf([]), "pooler")).toThrow("There is no decision pooler");
});
