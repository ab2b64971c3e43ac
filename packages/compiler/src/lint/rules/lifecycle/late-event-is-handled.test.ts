import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { lint } from "../../engine.ts";
import { findings, modelOf, sample } from "../../testing.ts";
import { lateEventIsHandled } from "./late-event-is-handled.ts";

const moves = {
  final: { sent: ["arrived", "recalled"], arrived: [], recalled: [] },
  "leads on": { sent: ["arrived", "recalled"], arrived: [], recalled: ["arrived"] },
  "comes after": { sent: ["arrived", "recalled"], arrived: ["recalled"], recalled: [] },
} as const;

function withParcel(recalled: keyof typeof moves, isRecalled = true) {
  const { Orders, customer, contexts } = sample();
  const access = [{ role: customer, can: ["read", "create"] }] as const;
  const Parcel = Orders.entity("Parcel", { id: t.id("par"), status: t.state(moves[recalled]) }, { access });
  const input = { parcel: t.ref(Parcel) };
  const policy = { timeout: "1s", retries: 0, then: "fail" } as const;
  const Couriers = integration("couriers", { calls: {}, webhooks: { delivered: input }, verify: "signature", onFailure: policy });
  if (isRecalled) {
    Orders.command("recallParcel", {
      allow: [customer],
      input,
      body: ({ input: { parcel }, transition }) => void transition(Parcel, parcel, { status: "recalled" }),
    });
  }
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

test("a state that comes after the event's own is accepted", () => {
  expect(findings(lateEventIsHandled, withParcel("comes after"))).toBe("");
});

test("a move that no operation makes cannot come first", () => {
  expect(lint(withParcel("final", false), [lateEventIsHandled])).toEqual([]);
});
