import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

type Clients = NonNullable<NonNullable<Parameters<typeof modelOf>[1]>["clients"]>;

/** Visits that a nurse notes, and tours that move through states. */
function visits(clients: Clients, tours = 10_000) {
  const Care = context("care");
  const nurse = role("nurse");
  Care.entity("Visit", { id: t.id("vis"), note: t.text().max(500) }, { access: [{ role: nurse, can: ["create", "update"] }] });
  const Tour = Care.entity("Tour", { id: t.id("tou"), status: t.state({ open: ["done"], done: [] }) }, { expect: { rows: tours } });
  const finish = Care.command("finish", {
    allow: [nurse],
    input: { tour: t.ref(Tour) },
    body: ({ input, transition }) => transition(Tour, input.tour, { status: "done" }),
  });
  Care.entity("Price", { id: t.id("prc") }, { access: [{ role: nurse, can: ["read"] }] });
  return modelOf([Care], { clients, load: [{ on: finish, mean: "1/s" }] });
}

test("a browser asks the server", () => {
  const { chosen, options } = verdictOf(visits(["web"]), "client-sync");
  expect(chosen).toBe("online");
  expect(options["online"]).toMatchObject({ hours: 0, availability: 0.9995, latency: 50 });
});

test("a browser keeps answers once that saves more traffic than it costs hours", () => {
  // 0.7 of 1,905 GB at 0.09 are the two hours.
  expect(verdictOf(visits(["web"]), "client-sync", { "egress.bytes": 1.89e12 }).chosen).toBe("online");
  expect(verdictOf(visits(["web"]), "client-sync", { "egress.bytes": 1.92e12 }).chosen).toBe("cached");
});

test("an app keeps answers where more uses would fail than people bear", () => {
  const { chosen, options } = verdictOf(visits(["mobile"]), "client-sync");
  expect(chosen).toBe("cached");
  expect(options["online"]?.ruledOutBy).toEqual(["too many uses would fail where there is no network"]);
  expect(options["cached"]?.["availability"]).toBeCloseTo(1 - 0.015 * 0.3, 12);
  expect(verdictOf(visits(["mobile"]), "client-sync", { "client-sync.bearable": 0.015 }).chosen).toBe("online");
  expect(verdictOf(visits(["mobile"]), "client-sync", { "client-sync.bearable": 0.004 }).chosen).toBe("offline-first");
});

test("an app that works without a network has a store of its own", () => {
  const { chosen, options } = verdictOf(visits(["mobile-offline"]), "client-sync");
  expect(chosen).toBe("offline-first");
  expect(options["cached"]?.ruledOutBy).toEqual(["an app that is to work without a network cannot wait for one"]);
});

test("what two devices change of the same row is counted", () => {
  // One change a second, spread over 100,000 tours, meets another in four hours: 0.144.
  const { options } = verdictOf(visits(["mobile-offline"], 100_000), "client-sync");
  expect(options["offline-first"]?.["conflict-share"]).toBeCloseTo(0.144, 12);
  const perMonth = 0.144 * 0.05 * (365.25 / 12) * 86_400;
  expect(options["offline-first"]?.["conflicts"]).toBeCloseTo(perMonth, 6);
  expect(options["offline-first"]?.["hours"]).toBeCloseTo(10 + 2 * 2 + perMonth * 0.02, 6);
});

test("a row that is new meets no other change", () => {
  const Care = context("care");
  const Visit = Care.entity("Visit", { id: t.id("vis"), note: t.text().max(500) });
  const note = Care.command("note", {
    input: { note: t.text().max(500) },
    body: ({ input, create }) => create(Visit, { note: input.note }),
  });
  const model = modelOf([Care], { clients: ["mobile-offline"], load: [{ on: note, mean: "1/s" }] });
  expect(verdictOf(model, "client-sync").options["offline-first"]).toMatchObject({ "conflict-share": 0, conflicts: 0, hours: 10 + 2 });
});

test("partners and devices hold nothing in their hands", () => {
  expect(() => verdictOf(visits(["partner", "device"]), "client-sync")).toThrow("There is no decision client-sync");
});
