import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { thirdPartyFieldSaysBasis } from "./third-party-field-says-basis.ts";

function withParcels(declared: "declared" | "silent") {
  const { Orders, customer, contexts } = sample();
  const deliveryAddress = t.json({ street: t.text() });
  const input = { deliveryAddress: declared === "declared" ? deliveryAddress.pii("contract", "30d") : deliveryAddress };
  const Parcels = integration("parcels", {
    calls: { sendParcel: { input, p50: "100ms", p99: "300ms" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  Orders.command("sendOrder", { allow: [customer], calls: [Parcels.sendParcel], idempotent: "required", async handle() {} });
  return modelOf(contexts);
}

test("personal data for a third party that nobody declares is reported", () => {
  expect(findings(thirdPartyFieldSaysBasis, withParcels("silent"))).toMatchInlineSnapshot(`
    "warning[privacy/third-party-field-says-basis] at parcels.sendParcel.input.deliveryAddress
      parcels.sendParcel hands deliveryAddress to parcels, and does not say on what ground and for how long.
      why: What a third party is given about people has to stand in the contract with it and in the record of processing, and has to be deleted there too.
      fix: Hand over an id instead, or add .pii(ground, time) to the field."
  `);
});

test("declared personal data for a third party is accepted", () => {
  expect(findings(thirdPartyFieldSaysBasis, withParcels("declared"))).toBe("");
});
