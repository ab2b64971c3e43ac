import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function placing(reading: boolean) {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("place", { allow: [customer], writes: [Order], slo: { p99: "1s" }, async handle() {} });
  if (reading) Orders.query("look", { allow: [customer], reads: [Order], async handle() {} });
  return modelOf(contexts);
}

test("while an unforeseen day leaves room nobody is chosen to be refused", () => {
  // 2 × 42 % = 84 %
  expect(verdictOf(placing(true), "load-shedding", { "capacity.use": 0.42 }).chosen).toBe("none");
  const { chosen, options } = verdictOf(placing(true), "load-shedding", { "capacity.use": 0.43 });
  expect(chosen).toBe("by-class");
  expect(options["none"]?.ruledOutBy).toEqual(["on a day that nobody foresaw all requests get slow, those that matter most among them"]);
});

test("where everything matters alike there is nothing to refuse first", () => {
  const { chosen, options } = verdictOf(placing(false), "load-shedding", { "capacity.use": 0.43 });
  expect(chosen).toBe("none");
  expect(options["by-class"]?.ruledOutBy).toEqual(["nothing in this model matters more than the rest"]);
});

test("a system that nobody asks from outside sheds nothing", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "load-shedding")).toThrow("There is no decision load-shedding");
});
