import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { queueDrains } from "./queue-drains.ts";

function withParcels(mean: "4/s" | "8/s") {
  const { Orders, Order, customer, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { p50: "100ms", p99: "300ms", limit: "5/s" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const OrderPacked = Orders.event("OrderPacked", { order: t.ref(Order) });
  const packed = { order: t.ref(Order) };
  const packOrder = Orders.command("packOrder", {
    allow: [customer],
    input: packed,
    body: ({ input, emit }) => emit(OrderPacked, { order: input.order }),
  });
  const sendOrder = Orders.command("sendOrder", {
    allow: "system",
    input: packed,
    calls: [Parcels.sendParcel],
    idempotent: "natural",
    async handle() {},
  });
  Orders.on(OrderPacked, sendOrder);
  return modelOf(contexts, { load: [{ on: packOrder, mean, peak: "20/s" }] });
}

test("a reaction that works off less than arrives is reported", () => {
  expect(findings(queueDrains, withParcels("8/s"))).toMatchInlineSnapshot(`
    "error[capacity/queue-drains] at parcels.sendParcel
      parcels.sendParcel takes 5/s, and on average 8/s wait for it in a queue.
      why: The queue has no length at which it stays: after a day 259,200 calls wait in it, and the last of them for 14 h.
      fix: Ask parcels for more than 8/s, send several in one call, or drop what is not worth waiting for."
  `);
});

test("a queue that grows at peak and drains on average is accepted", () => {
  expect(findings(queueDrains, withParcels("4/s"))).toBe("");
});

test("what the policy queues is held to the same, whoever calls", () => {
  const { Orders, customer, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { p50: "100ms", p99: "300ms", limit: "5/s" } },
    onFailure: { timeout: "1s", retries: 0, then: "queue" },
  });
  const sendOrder = Orders.command("sendOrder", {
    allow: [customer],
    calls: [Parcels.sendParcel],
    idempotent: "required",
    async handle() {},
  });
  expect(findings(queueDrains, modelOf(contexts, { load: [{ on: sendOrder, mean: "6/s" }] }))).toContain("on average 6/s wait for it");
});
