import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { webhookIsVerified } from "./webhook-is-verified.ts";

function withParcels(said: { verify?: "signature" }) {
  const { Orders, Order, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: {},
    webhooks: { delivered: { order: t.ref(Order) } },
    ...said,
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const noteArrival = Orders.command("noteArrival", {
    allow: "system",
    input: { order: t.ref(Order) },
    body: ({ input, update }) => void update(Order, input.order, { note: "arrived" }),
  });
  Orders.on(Parcels.webhooks.delivered, noteArrival);
  return modelOf(contexts);
}

test("a webhook that anybody can send is reported", () => {
  expect(findings(webhookIsVerified, withParcels({}))).toMatchInlineSnapshot(`
    "error[security/webhook-is-verified] at parcels
      Nothing proves that parcels.delivered comes from parcels.
      why: Its route is public: whoever guesses it can tell you that anything has happened, a payment for one.
      fix: Say verify: "signature" or "token", as parcels offers it."
  `);
});

test("a signed webhook is accepted", () => {
  expect(findings(webhookIsVerified, withParcels({ verify: "signature" }))).toBe("");
});
