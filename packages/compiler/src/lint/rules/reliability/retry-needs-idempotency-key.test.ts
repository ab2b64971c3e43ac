import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { retryNeedsIdempotencyKey } from "./retry-needs-idempotency-key.ts";

function withParcels(key: { idempotencyKey?: true }) {
  const { Orders, Order, customer, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { p50: "100ms", p99: "300ms", ...key }, getParcel: { p50: "50ms", p99: "100ms" } },
    onFailure: { timeout: "1s", retries: 2, then: "fail" },
  });
  Orders.command("sendOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    calls: [Parcels.sendParcel, Parcels.getParcel],
    idempotent: "required",
    async handle() {},
  });
  return modelOf(contexts);
}

test("a retried call without a key is reported, and one that only asks is not", () => {
  expect(findings(retryNeedsIdempotencyKey, withParcels({}))).toMatchInlineSnapshot(`
    "error[reliability/retry-needs-idempotency-key] at parcels.sendParcel
      parcels.sendParcel is made up to 3 times and takes no idempotency key.
      why: An attempt that was not answered may have been carried out: the next one does it again.
      fix: Set \`idempotencyKey: true\` if parcels takes such a key; otherwise \`retries: 0\`."
  `);
});

test("a retried call with a key is accepted", () => {
  expect(findings(retryNeedsIdempotencyKey, withParcels({ idempotencyKey: true }))).toBe("");
});
