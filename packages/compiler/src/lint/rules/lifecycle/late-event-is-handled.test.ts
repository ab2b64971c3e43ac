import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { lateEventIsHandled } from "./late-event-is-handled.ts";

function withParcel(recalled: "final" | "leads on") {
  const { Orders, customer, contexts } = sample();
  const status =
    recalled === "final"
      ? t.state({ sent: ["arrived", "recalled"], arrived: [], recalled: [] })
      : t.state({ sent: ["arrived", "recalled"], arrived: [], recalled: ["arrived"] });
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), status }, { access: [{ role: customer, can: ["read", "create"] }] });
  const input = { parcel: t.ref(Parcel) };
  const Couriers = integration("couriers", {
    calls: {},
    webhooks: { delivered: input },
    verify: "signature",
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  Orders.command("recallParcel", {
    allow: [customer],
    input,
    body: ({ input: { parcel }, transition }) => void transition(Parcel, parcel, { status: "recalled" }),
  });
  const noteArrival = Orders.command("noteArrival", {
    allow: "system",
    input,
    body: ({ input: { parcel }, transition }) => void transition(Parcel, parcel, { status: "arrived" }),
  });
  Orders.on(Couriers.webhooks.delivered, noteArrival);
  return modelOf(contexts);
}

test("an event that another operation may make impossible is reported", () => {
  expect(findings(lateEventIsHandled, withParcel("final"))).toMatchInlineSnapshot(`
    "warning[lifecycle/late-event-is-handled] at orders.noteArrival@couriers.delivered
      orders.noteArrival moves orders.Parcel to arrived on couriers.delivered, which is refused once it is recalled.
      why: The event has happened nevertheless, and may arrive after the other move: it is delivered again until it is given up, and the two sides disagree for good.
      fix: Say what happens then: a move from recalled that leads on (to a refund, a return), or a handler that undoes what couriers.delivered tells."
  `);
});

test("a lifecycle in which the event can still be followed is accepted", () => {
  expect(findings(lateEventIsHandled, withParcel("leads on"))).toBe("");
});
