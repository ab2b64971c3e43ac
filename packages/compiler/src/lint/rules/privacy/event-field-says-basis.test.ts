import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { eventFieldSaysBasis } from "./event-field-says-basis.ts";

test("personal data in an event that does not declare it is reported", () => {
  const { Orders, Order, contexts } = sample();
  Orders.event("OrderPlaced", { order: t.ref(Order), email: t.email() });
  expect(findings(eventFieldSaysBasis, modelOf(contexts))).toMatchInlineSnapshot(`
    "warning[privacy/event-field-says-basis] at orders.OrderPlaced.email
      orders.OrderPlaced carries email, and does not say on what ground and for how long.
      why: An event is kept and copied by whoever reacts to it: an erasure that knows nothing of it leaves the data there.
      fix: Carry the id of the person, or add .pii(ground, time) to the field."
  `);
});

test("declared personal data in an event is accepted, and so is the id of a person", () => {
  const { Orders, User, contexts } = sample();
  Orders.event("OrderPlaced", { buyer: t.ref(User), email: t.email().pii("contract", "90d") });
  expect(findings(eventFieldSaysBasis, modelOf(contexts))).toBe("");
});
