import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { oneLayerRetries } from "./one-layer-retries.ts";

function withParcels(retries: number) {
  const { Orders, Order, customer, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { p50: "100ms", p99: "300ms", idempotencyKey: true } },
    onFailure: { timeout: "1s", retries, then: "fail" },
  });
  const OrderPacked = Orders.event("OrderPacked", { order: t.ref(Order) });
  const packed = { order: t.ref(Order) };
  Orders.command("packOrder", { allow: [customer], input: packed, body: ({ input, emit }) => emit(OrderPacked, { order: input.order }) });
  const sendOrder = Orders.command("sendOrder", {
    allow: "system",
    input: packed,
    calls: [Parcels.sendParcel],
    idempotent: "natural",
    async handle() {},
  });
  Orders.on(OrderPacked, sendOrder);
  return modelOf(contexts);
}

test("retries inside a reaction, which is repeated itself, are reported", () => {
  expect(findings(oneLayerRetries, withParcels(3))).toMatchInlineSnapshot(`
    "warning[reliability/one-layer-retries] at orders.sendOrder@orders.OrderPacked
      orders.sendOrder runs again until orders.OrderPacked is dealt with, and each run makes up to 4 attempts at parcels.sendParcel.
      why: Layers of retries multiply: after three deliveries parcels, which is already failing, has been called 12 times for one event.
      fix: Set \`retries: 0\` for parcels and leave the repetition to the delivery, which waits longer each time."
  `);
});

test("one attempt for each run of a reaction is accepted", () => {
  expect(findings(oneLayerRetries, withParcels(0))).toBe("");
});
