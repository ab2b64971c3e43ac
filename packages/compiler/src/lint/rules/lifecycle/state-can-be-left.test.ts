import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { stateCanBeLeft } from "./state-can-be-left.ts";

function withParcel() {
  const { Orders, customer, contexts } = sample();
  const status = t.state({ packed: ["sent"], sent: ["arrived"], arrived: [] });
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), status }, { access: [{ role: customer, can: ["read", "create"] }] });
  const input = { parcel: t.ref(Parcel) };
  Orders.command("sendParcel", {
    allow: [customer],
    input,
    body: ({ input: { parcel }, transition }) => void transition(Parcel, parcel, { status: "sent" }),
  });
  return { Orders, Parcel, customer, contexts, input };
}

test("a state that no operation leads out of is reported", () => {
  expect(findings(stateCanBeLeft, modelOf(withParcel().contexts))).toMatchInlineSnapshot(`
    "warning[lifecycle/state-can-be-left] at orders.Parcel.status
      No operation takes orders.Parcel out of sent.
      why: The lifecycle has it go on to arrived, and nobody can bring that about: each row stays there for ever.
      fix: Write the command that makes the move, or take the move out of orders.Parcel.status."
  `);
});

test("a state that an operation leads out of is accepted", () => {
  const { Orders, Parcel, customer, contexts, input } = withParcel();
  Orders.command("receiveParcel", {
    allow: [customer],
    input,
    body: ({ input: { parcel }, transition }) => void transition(Parcel, parcel, { status: "arrived" }),
  });
  expect(findings(stateCanBeLeft, modelOf(contexts))).toBe("");
});

test("a handler, which may make any move, is believed", () => {
  const { Orders, Parcel, customer, contexts, input } = withParcel();
  Orders.command("receiveParcel", { allow: [customer], input, writes: [Parcel], async handle() {} });
  expect(findings(stateCanBeLeft, modelOf(contexts))).toBe("");
});
