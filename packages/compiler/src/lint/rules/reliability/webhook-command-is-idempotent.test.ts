import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { webhookCommandIsIdempotent } from "./webhook-command-is-idempotent.ts";

function withParcels() {
  const { Orders, Order, customer, contexts } = sample();
  const Arrival = Orders.entity(
    "Arrival",
    { id: t.id("arr"), order: t.ref(Order).unique(), parcels: t.int() },
    { access: [{ role: customer, can: ["read"] }] },
  );
  const Parcels = integration("parcels", {
    calls: {},
    webhooks: { delivered: { order: t.ref(Order) } },
    verify: "signature",
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  return { Orders, Order, customer, Arrival, Parcels, contexts };
}

test("a command that adds something for each webhook is reported", () => {
  const { Orders, Order, customer, Arrival, Parcels, contexts } = withParcels();
  Orders.command("begin", {
    allow: [customer],
    input: { order: t.ref(Order) },
    body: ({ input, create }) => create(Arrival, { order: input.order, parcels: 0 }),
  });
  const countParcel = Orders.command("countParcel", {
    allow: "system",
    input: { order: t.ref(Order) },
    body: ({ input, increase }) => increase(Arrival, (arrival) => arrival.order.eq(input.order), { parcels: 1 }),
  });
  Orders.on(Parcels.webhooks.delivered, countParcel);
  expect(findings(webhookCommandIsIdempotent, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[reliability/webhook-command-is-idempotent] at orders.countParcel@parcels.delivered
      orders.countParcel reacts to parcels.delivered, and a second run does it all again.
      why: parcels sends a webhook again whenever our answer was late or lost, and sometimes two that mean the same.
      fix: Let the second run fail or change nothing (a transition, a unique value, setting instead of adding) and say idempotent: "natural"."
  `);
});

test("a handler that does not say what a second run does is reported", () => {
  const { Orders, Order, Arrival, Parcels, contexts } = withParcels();
  const noteArrival = Orders.command("noteArrival", {
    allow: "system",
    input: { order: t.ref(Order) },
    writes: [Arrival],
    async handle() {},
  });
  Orders.on(Parcels.webhooks.delivered, noteArrival);
  expect(findings(webhookCommandIsIdempotent, modelOf(contexts))).toContain("a second run may do it all again");
});

test("a command whose second run meets a unique value is accepted", () => {
  const { Orders, Order, Arrival, Parcels, contexts } = withParcels();
  const noteArrival = Orders.command("noteArrival", {
    allow: "system",
    input: { order: t.ref(Order) },
    body: ({ input, create }) => create(Arrival, { order: input.order, parcels: 1 }),
  });
  Orders.on(Parcels.webhooks.delivered, noteArrival);
  expect(findings(webhookCommandIsIdempotent, modelOf(contexts))).toBe("");
});
