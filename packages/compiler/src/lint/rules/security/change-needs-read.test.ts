import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { changeNeedsRead } from "./change-needs-read.ts";

function withParcel() {
  const { Orders, User, customer, staff, contexts } = sample();
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), owner: t.ref(User) }, { access: [{ role: staff, can: ["read", "create"] }] });
  return { Orders, Parcel, customer, staff, contexts };
}

test("a role that may update what it may not read is reported", () => {
  const { Orders, Parcel, customer, contexts } = withParcel();
  Orders.access(Parcel, [{ role: customer, can: ["update"], where: (parcel, me) => parcel.owner.eq(me.id) }]);
  expect(findings(changeNeedsRead, modelOf(contexts))).toMatchInlineSnapshot(`
    "error[security/change-needs-read] at orders.Parcel.access.1
      customer may update some rows of orders.Parcel, and may read none.
      why: The database shows a statement only the rows that may be read: the change finds nothing, and the client gets a 404 for what it is allowed to do.
      fix: Add "read" to the rule, or give it the same \`where\` as the rule that reads."
  `);
});

test("a role that may delete every row and read some is reported", () => {
  const { Orders, Parcel, customer, contexts } = withParcel();
  Orders.access(Parcel, [
    { role: customer, can: ["read"], where: (parcel, me) => parcel.owner.eq(me.id) },
    { role: customer, can: ["delete"] },
  ]);
  expect(findings(changeNeedsRead, modelOf(contexts))).toContain("customer may delete every row of orders.Parcel, and may read some only.");
});

test("a role that may read what it may update is accepted", () => {
  const { Orders, Parcel, customer, contexts } = withParcel();
  Orders.access(Parcel, [{ role: customer, can: ["read", "update"], where: (parcel, me) => parcel.owner.eq(me.id) }]);
  expect(findings(changeNeedsRead, modelOf(contexts))).toBe("");
});
