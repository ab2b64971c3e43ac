import type { Model } from "@archwright/model";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function placing(hosting: "paas" | "kubernetes"): Model {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("place", { allow: [customer], writes: [Order], async handle() {} });
  return modelOf(contexts, { pin: { hosting: { choose: hosting, because: "it is there" } } });
}

test("a process goes on until the slowest request has its answer", () => {
  // 10 s until Kubernetes sends nobody any more, and twice the p99.
  const model = placing("kubernetes");
  expect(verdictOf(model, "shutdown", { "orders.place.p99": 7_400 }).chosen).toBe("25-s");
  const { chosen, options } = verdictOf(model, "shutdown", { "orders.place.p99": 7_600 });
  expect(chosen).toBe("60-s");
  expect(options["25-s"]?.ruledOutBy).toEqual(["whoever was sent there in the last moment would be cut off in the midst of his request"]);
});

test("no longer than the hosting lets it", () => {
  expect(verdictOf(placing("paas"), "shutdown").options["60-s"]?.ruledOutBy).toEqual(["the hosting kills a process that takes longer"]);
  expect(verdictOf(placing("kubernetes"), "shutdown").options["60-s"]?.ruledOutBy).toEqual([]);
});

test("a system that serves nobody stops at once", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "shutdown")).toThrow("There is no decision shutdown");
});
