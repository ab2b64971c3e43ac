import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

const shop = (facts: Parameters<typeof modelOf>[1]) => modelOf(sample().contexts, { users: 20_000, availability: "99.9%", ...facts });

test("a shop signs its people in itself", () => {
  const { chosen, options } = verdictOf(shop({}), "sign-in");
  expect(chosen).toBe("own");
  expect(options["hosted"]?.["cost"]).toBeCloseTo(10_000 * 0.0055);
});

test("an auditor's questions are worth a hosted sign-in, for as many people as its price allows", () => {
  // Own: 4.5 h and 0.05 h a thousand. Hosted: 1.5 h, and 5.50 a thousand beyond 10,000. At 60 an hour they meet at 94,000.
  const model = shop({ comply: ["soc2"] });
  expect(verdictOf(model, "sign-in", { users: 93_000 }).chosen).toBe("hosted");
  expect(verdictOf(model, "sign-in", { users: 95_000 }).chosen).toBe("own");
});

test("companies that share it sign in by their own directories, which a hosted sign-in knows", () => {
  expect(verdictOf(shop({ tenants: { count: 40 } }), "sign-in").chosen).toBe("hosted");
});

test("devices forget no passwords: only people are counted", () => {
  const fleet = (clients: readonly ("web" | "device")[]) => {
    const Fleet = context("fleet");
    const Meter = Fleet.entity("Meter", { id: t.id("mtr"), serial: t.text().max(40).unique() }, { expect: { rows: 1_000_000 } });
    Fleet.query("look", { allow: [role("meter", Meter)], returns: { at: t.time() }, handle: async () => ({ at: new Date(0) }) });
    return verdictOf(modelOf([Fleet], { users: 1_001_000, clients }), "sign-in").options["own"]?.["hours"];
  };
  expect(fleet(["device"])).toBeCloseTo(0.5 + 0.05, 9);
  expect(fleet(["web"])).toBeCloseTo(0.5 + 1_001 * 0.05, 9);
});

test("a promise above that of the host rules it out", () => {
  const { chosen, options } = verdictOf(shop({ comply: ["soc2"], availability: "99.99%" }), "sign-in");
  expect(chosen).toBe("own");
  expect(options["hosted"]?.ruledOutBy).toEqual(["while it is down nobody gets in, and it promises less than is promised here"]);
});

test("where nobody has a role nobody signs in", () => {
  const Notes = context("notes");
  Notes.entity("Note", { id: t.id("note"), text: t.text().max(10) });
  expect(() => verdictOf(modelOf([Notes]), "sign-in")).toThrow("There is no decision sign-in");
});
