import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { offlineCommandIsRepeatable } from "./offline-command-is-repeatable.ts";

const clients = ["mobile-offline"] as const;

function withPlaceOrder(said: { idempotent?: "required" | "natural" | "no" }, facts: Parameters<typeof modelOf>[1] = { clients }) {
  const { Orders, Order, customer, contexts } = sample();
  Orders.command("placeOrder", { allow: [customer], ...said, body: ({ me, create }) => create(Order, { buyer: me.id, note: "" }) });
  return modelOf(contexts, facts);
}

test("a command that creates a row each time a device sends it is reported", () => {
  expect(findings(offlineCommandIsRepeatable, withPlaceOrder({}))).toMatchInlineSnapshot(`
    "warning[reliability/offline-command-is-repeatable] at orders.placeOrder
      orders.placeOrder creates orders.Order at each run, and clients that work without a network run it.
      why: They send what was done meanwhile until they hear an answer, so that what was done once is there twice.
      fix: Say idempotent: "required", so that each change carries the key that the device gave it; or "natural" if a second run finds the row of the first."
  `);
});

test("that two are as good as one is no answer for a device that repeats by design", () => {
  expect(findings(offlineCommandIsRepeatable, withPlaceOrder({ idempotent: "no" }))).toContain("orders.placeOrder creates orders.Order");
});

test("a command that has another create the row in its transaction is reported as well", () => {
  const { Orders, Order, customer, User, contexts } = sample();
  const record = Orders.command("recordOrder", {
    allow: "system",
    input: { buyer: t.ref(User) },
    body: ({ input, create }) => create(Order, { buyer: input.buyer, note: "" }),
  });
  Orders.command("placeOrder", { allow: [customer], body: ({ me, atomic }) => atomic(record, { buyer: me.id }) });
  expect(findings(offlineCommandIsRepeatable, modelOf(contexts, { clients }))).toContain("at orders.placeOrder");
});

test("a command with a key, or whose second run finds the first, is accepted", () => {
  expect(findings(offlineCommandIsRepeatable, withPlaceOrder({ idempotent: "required" }))).toBe("");
  expect(findings(offlineCommandIsRepeatable, withPlaceOrder({ idempotent: "natural" }))).toBe("");
});

test("where every client has a network, a command that is said to be no idempotent one is accepted", () => {
  expect(findings(offlineCommandIsRepeatable, withPlaceOrder({ idempotent: "no" }, { clients: ["web", "mobile"] }))).toBe("");
});
