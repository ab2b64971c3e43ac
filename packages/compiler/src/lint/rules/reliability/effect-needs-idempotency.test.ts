import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { effectNeedsIdempotency } from "./effect-needs-idempotency.ts";

function withParcels(said: { idempotent?: "required" | "no" }) {
  const { Orders, Order, customer, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { p50: "100ms", p99: "300ms" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  Orders.command("sendOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    calls: [Parcels.sendParcel],
    ...said,
    async handle() {},
  });
  return modelOf(contexts);
}

test("a command that acts at a third party and is not idempotent is reported", () => {
  expect(findings(effectNeedsIdempotency, withParcels({}))).toMatchInlineSnapshot(`
    "error[reliability/effect-needs-idempotency] at orders.sendOrder
      orders.sendOrder calls parcels.sendParcel, and nothing keeps a second run from calling again.
      why: A request or an event that was not answered is sent again, and parcels acts, or charges, twice.
      fix: Say idempotent: "required" so that a key of the client makes it once, or "natural" if a second run changes nothing."
  `);
});

test("a command that says idempotent: no is reported as well", () => {
  expect(findings(effectNeedsIdempotency, withParcels({ idempotent: "no" }))).toContain("nothing keeps a second run");
});

test("a command that takes an idempotency key is accepted", () => {
  expect(findings(effectNeedsIdempotency, withParcels({ idempotent: "required" }))).toBe("");
});
