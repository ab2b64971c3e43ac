import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { queuedCallNeedsNoAnswer } from "./queued-call-needs-no-answer.ts";

function withParcels(then: "queue" | "fail") {
  const { Orders, Order, customer, contexts } = sample();
  const Parcels = integration("parcels", {
    calls: { sendParcel: { returns: { label: t.text() }, p50: "100ms", p99: "300ms" } },
    onFailure: { timeout: "1s", retries: 0, then },
  });
  Orders.command("sendOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    returns: { label: t.text() },
    calls: [Parcels.sendParcel],
    idempotent: "required",
    async handle() {
      return { label: "" };
    },
  });
  return modelOf(contexts);
}

test("a queued call whose answer the caller returns is reported", () => {
  expect(findings(queuedCallNeedsNoAnswer, withParcels("queue"))).toMatchInlineSnapshot(`
    "warning[reliability/queued-call-needs-no-answer] at orders.sendOrder
      parcels queues calls that fail, and orders.sendOrder waits for what parcels.sendParcel returns: label.
      why: A queue answers when the request is long over. The caller fails all the same, and the queued call then acts for nobody.
      fix: Say then: "fail" for parcels, or make parcels.sendParcel in a reaction to an event and store what it returns."
  `);
});

test("a call that fails with its caller is accepted", () => {
  expect(findings(queuedCallNeedsNoAnswer, withParcels("fail"))).toBe("");
});
