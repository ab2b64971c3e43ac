import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { personalFieldSaysBasis } from "./personal-field-says-basis.ts";

test("fields that look personal and say nothing are reported", () => {
  const { Orders, customer, contexts } = sample();
  const fields = { id: t.id("pat"), name: t.text().max(80), birthDate: t.date(), phone: t.phone() };
  Orders.entity("Patient", fields, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(personalFieldSaysBasis, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[privacy/personal-field-says-basis] at orders.Patient.name
      orders.Patient keeps name, birthDate and phone, and does not say on what ground and for how long.
      why: Personal data without a ground may not be kept, and without a time nobody ever deletes it: neither the record of processing nor an erasure can name it.
      fix: Add .pii("contract", "90d"), with the ground and the time that hold here; or accept this check if it is nobody's data."
  `);
});

test("declared personal data is accepted, and so is the name of a thing", () => {
  const { Orders, customer, contexts } = sample();
  const declared = { id: t.id("pat"), name: t.text().max(80).pii("consent", "90d"), phone: t.phone().pii("consent", "90d") };
  Orders.entity("Patient", declared, { access: [{ role: customer, can: ["read", "create"] }] });
  Orders.entity("Product", { id: t.id("prd"), name: t.text().max(80) }, { access: [{ role: customer, can: ["read", "create"] }] });
  expect(findings(personalFieldSaysBasis, modelOf(contexts))).toBe("");
});
