import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function placing() {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("place", { allow: [customer], writes: [Order], slo: { p99: "3s" }, async handle() {} });
  return modelOf(contexts);
}

const known = { "capacity.requests": 200, processes: 2 };

test("as many may wait as are served before anybody asks again", () => {
  // 200/s × (2.55 s − the work of one request)
  const model = placing();
  expect(verdictOf(model, "queue-bound", { ...known, patience: 2_550 }).chosen).toBe("500");
  const { chosen, options } = verdictOf(model, "queue-bound", { ...known, patience: 2_450 });
  expect(chosen).toBe("100");
  expect(options["500"]?.ruledOutBy).toEqual([
    "whoever stands behind that many is answered when he has already asked again, so that the work is lost",
  ]);
  expect([options["500"]?.["wait"], options["500"]?.["per-process"]]).toEqual([2_500, 250]);
});

test("nobody waits longer than was promised", () => {
  expect(verdictOf(placing(), "queue-bound", { ...known, patience: 9_000, "orders.place.slo.p99": 300 }).chosen).toBe("50");
});

test("a system that nobody asks from outside has no queue to bound", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "queue-bound")).toThrow("There is no decision queue-bound");
});
