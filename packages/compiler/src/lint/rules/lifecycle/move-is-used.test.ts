import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { moveIsUsed } from "./move-is-used.ts";

function withParcel() {
  const { Orders, customer, contexts } = sample();
  const status = t.state({ packed: ["sent", "lost"], sent: [], lost: [] });
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), status }, { access: [{ role: customer, can: ["read", "create"] }] });
  const input = { parcel: t.ref(Parcel) };
  Orders.command("sendParcel", {
    allow: [customer],
    input,
    body: ({ input: { parcel }, transition }) => void transition(Parcel, parcel, { status: "sent" }),
  });
  return { Orders, Parcel, customer, contexts, input };
}

test("a move that no operation makes is reported", () => {
  expect(findings(moveIsUsed, modelOf(withParcel().contexts))).toMatchInlineSnapshot(`
    "info[lifecycle/move-is-used] at orders.Parcel.status
      orders.Parcel.status allows packed → lost, and no operation makes the move.
      why: Readers, clients and the state diagram count on something that cannot happen.
      fix: Write the command that makes it, or take it out."
  `);
});

test("a move that an operation makes is accepted", () => {
  const { Orders, Parcel, customer, contexts, input } = withParcel();
  Orders.command("giveUpParcel", {
    allow: [customer],
    input,
    body: ({ input: { parcel }, transition }) => void transition(Parcel, parcel, { status: "lost" }),
  });
  expect(findings(moveIsUsed, modelOf(contexts))).toBe("");
});
