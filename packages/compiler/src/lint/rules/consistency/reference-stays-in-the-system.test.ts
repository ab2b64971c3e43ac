import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { referenceStaysInTheSystem } from "./reference-stays-in-the-system.ts";

function withParcel() {
  const { Order, customer, contexts } = sample();
  const Shipping = context("shipping");
  const Parcel = Shipping.entity("Parcel", { id: t.id("par") }, { access: [{ role: customer, can: ["read", "create"] }] });
  const Returns = context("returns");
  Returns.entity(
    "Return",
    { id: t.id("ret"), order: t.ref(Order), parcel: t.ref(Parcel) },
    { access: [{ role: customer, can: ["read", "create"] }] },
  );
  return { contexts, Shipping, Returns };
}

test("a reference into a context that the system leaves out is reported", () => {
  const { contexts, Returns } = withParcel();
  expect(findings(referenceStaysInTheSystem, modelOf([...contexts, Returns]))).toMatchInlineSnapshot(`
    "error[consistency/reference-stays-in-the-system] at returns.Return.parcel
      returns.Return.parcel names shipping.Parcel, whose context is not in sample.
      why: When the system runs, nothing of shipping.Parcel is there: no table, no route, no row.
      fix: Add its context to \`contexts\` of sample."
  `);
});

test("a load stated for an operation of such a context is reported", () => {
  const { contexts } = sample();
  const ship = context("shipping").command("ship", { allow: "system", body: () => {} });
  const model = modelOf(contexts, { load: [{ on: ship, mean: "1/s" }] });
  expect(findings(referenceStaysInTheSystem, model)).toContain("sample names shipping.ship, whose context is not in sample.");
});

test("a reference into a context of the system is accepted", () => {
  const { contexts, Shipping, Returns } = withParcel();
  expect(findings(referenceStaysInTheSystem, modelOf([...contexts, Shipping, Returns]))).toBe("");
});
