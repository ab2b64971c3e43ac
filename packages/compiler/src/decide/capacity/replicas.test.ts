import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

test("one copy will do up to 99.86 %", () => {
  const model = ordersModel();
  expect(verdictOf(model, "replicas", { availability: 0.9984 }).chosen).toBe("1");
  const { chosen, options } = verdictOf(model, "replicas", { availability: 0.9988 });
  expect(chosen).toBe("2");
  expect(options["1"]?.ruledOutBy).toEqual(["nobody answers while the only copy is away", "every zone needs a copy"]);
});

test("the others bear the peak at 70 % when one is gone", () => {
  const model = ordersModel({ availability: "99.5%" });
  expect(verdictOf(model, "replicas", { "application.cores": 2.09, "load.peak": 3_000 }).chosen).toBe("4");
  const { chosen, options } = verdictOf(model, "replicas", { "application.cores": 2.11, "load.peak": 3_000 });
  expect(chosen).toBe("6");
  expect(options["4"]?.ruledOutBy).toEqual(["the others must bear the peak when one is gone"]);
});

test("two zones hold three times the peak", () => {
  const model = ordersModel({ availability: "99.9%" });
  const answers = { "application.cores": 1.3, "load.peak": 3_000 };
  expect(verdictOf(model, "replicas", answers)).toMatchObject({ chosen: "4", options: { "4": { cores: 4 } } });
  expect(verdictOf(model, "replicas", answers).options["3"]?.ruledOutBy).toEqual(["the headroom that was decided has to be there"]);
});

test("requests that work long wait for more copies", () => {
  const { options } = verdictOf(ordersModel({ availability: "99.5%" }), "replicas", { "application.cores": 0.65, "p99.tightest": 200 });
  expect(options["2"]?.ruledOutBy).toContain("waiting for a processor would eat up the promised p99");
  expect(options["4"]?.ruledOutBy).toEqual([]);
});

test("a small load gets a quarter of a processor for each copy", () => {
  const { options } = verdictOf(ordersModel({ availability: "99.9%" }), "replicas");
  expect(options["2"]).toMatchObject({ size: 0.25, cores: 0.5, cost: 12.5 });
});

test("a copy is large enough to bear the peak at 70 % alone", () => {
  const sizeAt = (cores: number) =>
    verdictOf(ordersModel({ availability: "99.5%" }), "replicas", { "application.cores": cores }).options["1"]?.["size"];
  expect([0.17, 0.18, 0.34, 0.36].map(sizeAt)).toEqual([0.25, 0.5, 0.5, 1]);
});

test("functions are paid for by the call, whatever the number of copies", () => {
  const model = ordersModel({ availability: "99%", pin: { hosting: { choose: "serverless", because: "we have no servers" } } });
  const { chosen, options } = verdictOf(model, "replicas");
  expect(chosen).toBe("1");
  expect(options["128"]?.["cost"]).toBe(options["1"]?.["cost"]);
});
