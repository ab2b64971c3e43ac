import { integration, t, unknown } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../lint/testing.ts";
import { factsOf } from "./facts.ts";

function withFlow() {
  const { Orders, Order, customer, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { p50: "100ms", p99: "300ms" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const OrderPacked = Orders.event("OrderPacked", { order: t.ref(Order) });
  const input = { order: t.ref(Order) };
  const packOrder = Orders.command("packOrder", {
    allow: [customer],
    input,
    body: ({ input: { order }, emit }) => emit(OrderPacked, { order }),
  });
  const sendOrder = Orders.command("sendOrder", {
    allow: "system",
    input,
    calls: [Parcels.sendParcel],
    idempotent: "natural",
    async handle() {},
  });
  Orders.on(OrderPacked, sendOrder);
  return { Orders, packOrder, sendOrder, contexts };
}

test("the load of an operation reaches what its events set going, and the third parties behind it", () => {
  const { packOrder, contexts } = withFlow();
  const { rateOf } = factsOf(
    modelOf(contexts, { load: [{ on: packOrder, mean: "60/min", peak: unknown("How many at Christmas?", "20/s", ["5/s", "90/s"]) }] }),
  );
  for (const id of ["orders.packOrder", "orders.sendOrder", "parcels.sendParcel"]) expect(rateOf(id)).toEqual({ mean: 1, peak: 20 });
});

test("a load without a peak peaks at its mean, and none is nothing", () => {
  const { packOrder, contexts } = withFlow();
  expect(factsOf(modelOf(contexts, { load: [{ on: packOrder, mean: "3/s" }] })).rateOf("parcels.sendParcel")).toEqual({ mean: 3, peak: 3 });
  expect(factsOf(modelOf(contexts)).rateOf("parcels.sendParcel")).toEqual({ mean: 0, peak: 0 });
});

test("a load stated for what only the system runs is the whole of it", () => {
  const { packOrder, sendOrder, contexts } = withFlow();
  const load = [{ on: packOrder, mean: "3/s" } as const, { on: sendOrder, mean: "5/s" } as const];
  expect(factsOf(modelOf(contexts, { load })).rateOf("parcels.sendParcel").mean).toBe(5);
});

test("a job that runs every ten seconds adds a tenth a second", () => {
  const { Orders, sendOrder, contexts } = withFlow();
  Orders.job("sendAll", { every: "10s", runs: sendOrder });
  expect(factsOf(modelOf(contexts)).rateOf("parcels.sendParcel").mean).toBeCloseTo(0.1, 12);
});
