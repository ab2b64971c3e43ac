import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { entityHasId } from "./entity-has-id.ts";

test("an entity without an id is reported", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("Parcel", { weight: t.int() }, { access: [{ role: customer, can: ["list", "create"] }] });
  expect(findings(entityHasId, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[schema/entity-has-id] at orders.Parcel
      orders.Parcel has no t.id() field.
      why: Nothing can refer to its rows, and no route, update or event can say which one is meant.
      fix: Add id: t.id("par")."
  `);
});

test("an entity with an id is accepted", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("Parcel", { id: t.id("par"), weight: t.int() }, { access: [{ role: customer, can: ["list", "create"] }] });
  expect(findings(entityHasId, modelOf(contexts))).toBe("");
});
