import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { entityCanBeCreated } from "./entity-can-be-created.ts";

function withParcel(can: readonly ("read" | "create")[]) {
  const { Orders, customer, contexts } = sample();
  Orders.entity("Parcel", { id: t.id("par"), weight: t.int() }, { access: [{ role: customer, can }] });
  return modelOf(contexts);
}

test("an entity that can be read and never comes to be is reported", () => {
  expect(findings(entityCanBeCreated, withParcel(["read"]))).toMatchInlineSnapshot(`
    "warning[lifecycle/entity-can-be-created] at orders.Parcel
      Nothing creates orders.Parcel: no access rule grants it, and no operation does it.
      why: The table stays empty, and whatever reads it, changes it or refers to it finds nothing.
      fix: Grant a role "create", create it in an operation, or accept this check if its rows are seeded."
  `);
});

test("an entity that a role may create is accepted", () => {
  expect(findings(entityCanBeCreated, withParcel(["read", "create"]))).toBe("");
});
