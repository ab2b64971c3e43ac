import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { stateCanBeReached } from "./state-can-be-reached.ts";

test("a state to which no move leads is reported", () => {
  const { Orders, customer, contexts } = sample();
  const status = t.state({ sent: ["arrived"], arrived: [], lost: ["arrived"] });
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), status }, { access: [{ role: customer, can: ["read", "create"] }] });
  Orders.command("moveParcel", { allow: [customer], writes: [Parcel], async handle() {} });
  expect(findings(stateCanBeReached, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[lifecycle/state-can-be-reached] at orders.Parcel.status
      No move of orders.Parcel.status leads from sent, where a row begins, to lost.
      why: A state that no row is ever in is checked for, drawn and tested in vain, and hides the move that somebody forgot.
      fix: Add the move that leads there, or take the state out."
  `);
});

test("a lifecycle whose states can all be reached is accepted", () => {
  const { Orders, customer, contexts } = sample();
  const status = t.state({ sent: ["arrived", "lost"], arrived: [], lost: ["arrived"] });
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), status }, { access: [{ role: customer, can: ["read", "create"] }] });
  Orders.command("moveParcel", { allow: [customer], writes: [Parcel], async handle() {} });
  expect(findings(stateCanBeReached, modelOf(contexts))).toBe("");
});
