import { context, role, t } from "@archwright/model/language";
import { describe, expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import type { DecisionRule } from "../rule.ts";
import { verdictOf } from "../testing.ts";
import { keyType } from "./key-type.ts";
import { ruleThatDecides } from "./testing.ts";

const alone = [keyType, ruleThatDecides("database"), ruleThatDecides("regions")];

/** Readings that only machines write, and patients whom their doctors enter. */
function clinic({ mobile = false } = {}) {
  const Clinic = context("clinic");
  const Doctor = Clinic.entity("Doctor", { id: t.id("doc"), email: t.email().pii("contract", "90d") });
  const doctor = role("doctor", Doctor, { signUp: true });
  const Patient = Clinic.entity(
    "Patient",
    { id: t.id("pat"), name: t.text().max(80).pii("contract", "90d") },
    { access: [{ role: doctor, can: ["read", "list", "create"] }], expect: { rows: 1_000, growth: "10/day" } },
  );
  const Reading = Clinic.entity(
    "Reading",
    { id: t.id("rdg"), patient: t.ref(Patient), value: t.int() },
    { expect: { rows: 1_000, growth: "1/s" } },
  );
  Clinic.command("record", {
    allow: "system",
    input: { patient: t.ref(Patient) },
    body: ({ input, create }) => void create(Reading, { patient: input.patient, value: 1 }),
  });
  return modelOf([Clinic], { clients: mobile ? ["mobile-offline"] : ["web"] });
}

const decide = (about: string, answers: Readonly<Record<string, number>> = {}, rules: readonly DecisionRule[] = alone, mobile = false) =>
  verdictOf(clinic({ mobile }), `key-type:clinic.${about}`, answers, rules);

describe("what outsiders hold", () => {
  test("has keys that sort by time", () => {
    const { chosen, options } = decide("Patient");
    expect(chosen).toBe("uuidv7");
    expect(options["bigint"]?.ruledOutBy).toEqual(["two ids of Patient, a week apart, tell an outsider how many were made in between"]);
  });

  test("has random keys if it harms that they tell the time", () => {
    const { chosen, options } = decide("Patient", { "keys.tell-time": 1 });
    expect(chosen).toBe("uuidv4");
    expect(options["uuidv7"]?.ruledOutBy).toEqual(["whoever holds an id of Patient reads off when it was made"]);
  });

  test("has no random keys beyond a thousand rows a second", () => {
    const ruledOut = (growth: number) => decide("Patient", { "clinic.Patient.growth": growth }).options["uuidv4"]?.ruledOutBy;
    expect(ruledOut(1_000)).toEqual([]);
    expect(ruledOut(1_001)).toEqual(["each new row of Patient changes another page of the index, and the first change logs all of it"]);
  });

  test("is named by devices that make it without a network", () => {
    expect(decide("Patient", {}, alone, true).options["bigint"]?.ruledOutBy).toContain(
      "a device without a network cannot ask for the next number",
    );
  });
});

describe("what only the system knows", () => {
  const rows = (count: number) => ({ "clinic.Reading.rows.horizon": count });

  test("has numbers once smaller indexes are worth a second kind of keys", () => {
    // 8 bytes in 0.9 of a page for each row, at 0.76 for a gigabyte in a month, against a tenth of an hour.
    expect(decide("Reading", rows(500e6)).chosen).toBe("uuidv7");
    expect(decide("Reading", rows(1_000e6)).chosen).toBe("bigint");
  });

  test("has no numbers where several primaries would give them", () => {
    const sharded = [keyType, ruleThatDecides("database", "postgres-sharded"), ruleThatDecides("regions")];
    const { chosen, options } = decide("Reading", rows(1_000e6), sharded);
    expect(chosen).toBe("uuidv7");
    expect(options["bigint"]?.ruledOutBy).toEqual(["several primaries would give the same number twice"]);
  });

  test("logs 77 bytes for a number, 8 more for a UUID, and whole pages for a random one", () => {
    const { options } = decide("Reading", rows(100e6));
    expect(options["bigint"]?.["log-bytes"]).toBe(77);
    expect(options["uuidv7"]?.["log-bytes"]).toBe(85);
    // 300 rows between two checkpoints fall on half a million pages: nearly each of them logs one of 8,192 bytes.
    expect(options["uuidv4"]?.["log-bytes"]).toBeCloseTo(85 + 8_192, -1);
  });
});

test("rows that nobody makes while the system runs have nothing to decide", () => {
  const Catalog = context("catalog");
  Catalog.entity("Country", { id: t.id("cou"), name: t.text().max(40) });
  const open = undecided(modelOf([...sample().contexts, Catalog]), alone);
  expect([...open.byId.keys()].filter((id) => id.startsWith("key-type:catalog"))).toEqual([]);
});
