import { integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { externalCallIsMade } from "./external-call-is-made.ts";

function withParcels(calls: "one" | "both") {
  const { Orders, customer, contexts } = sample();
  const times = { p50: "100ms", p99: "300ms" } as const;
  const Parcels = integration("parcels", {
    calls: { sendParcel: times, recallParcel: times },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const made = calls === "both" ? [Parcels.sendParcel, Parcels.recallParcel] : [Parcels.sendParcel];
  Orders.command("sendOrder", { allow: [customer], calls: made, idempotent: "required", async handle() {} });
  return modelOf(contexts);
}

test("a call that nobody makes is reported", () => {
  expect(findings(externalCallIsMade, withParcels("one"))).toMatchInlineSnapshot(`
    "info[lifecycle/external-call-is-made] at parcels.recallParcel
      parcels.recallParcel is declared, and no operation makes it.
      why: Somebody meant to do this at parcels: what it was meant to undo or to follow up stays as it is there.
      fix: Make the call where it belongs, or take it out of parcels."
  `);
});

test("calls that are made are accepted", () => {
  expect(findings(externalCallIsMade, withParcels("both"))).toBe("");
});
