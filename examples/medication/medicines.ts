import { context, t, unknown } from "archwright";
import { Family, FamilyErased, family, own } from "./families.ts";

// medicines: who takes what, when, and whether it was taken. Phones write without a network and send later what was done meanwhile.
export const Medicines = context("medicines", { owner: "app", domain: "core" });
export const Person = Medicines.entity("Person", {
  id: t.id("per"), ...own, name: t.text().min(1).max(80).pii("consent", "30d"), birthday: t.date().optional().pii("consent", "30d"),
}, {
  tenant: "family", expect: { rows: 12_500, growth: "40/day", most: 12 },
  access: [{ role: family, can: ["read", "list", "create", "update", "delete"], where: (row, me) => row.family.eq(me.id) }],
});
export const Medicine = Medicines.entity("Medicine", {
  id: t.id("med"), ...own, person: t.ref(Person), name: t.text().min(1).max(120).pii("consent", "30d"),
  dose: t.text().max(120).pii("consent", "30d"), left: t.int().min(0).max(10_000).default(0),
}, {
  tenant: "family", expect: { rows: 40_000, growth: "120/day", most: 60 },
  access: [{ role: family, can: ["read", "list", "create", "update", "delete"], where: (row, me) => row.family.eq(me.id) }],
});
export const Schedule = Medicines.entity("Schedule", {
  id: t.id("sch"), ...own, medicine: t.ref(Medicine), everyHours: t.int().min(1).max(720), nextAt: t.time().index(), until: t.time(),
}, {
  tenant: "family", expect: { rows: 45_000, growth: "140/day", most: 80 },
  access: [{ role: family, can: ["read", "list", "create", "update", "delete"], where: (row, me) => row.family.eq(me.id) }],
});
const taken = { key: t.text().min(16).max(40).unique(), dueAt: t.time(), takenAt: t.time().optional().pii("consent", "30d") };
export const Dose = Medicines.entity("Dose", {
  id: t.id("dos"), ...own, ...taken, medicine: t.ref(Medicine).readonly(), receivedAt: t.time().now(),
}, {
  tenant: "family", index: [["family", "receivedAt"]],
  expect: { rows: 18_000_000, growth: "50000/day", most: unknown("How many doses a year does the largest family take?", 18_000, [6_000, 40_000]) },
  access: [{ role: family, can: ["read", "list"], where: (row, me) => row.family.eq(me.id) }],
});
export const StockDropped = Medicines.event("StockDropped", { family: t.ref(Family), medicine: t.ref(Medicine), left: t.int() });
export const DoseTimeReached = Medicines.event("DoseTimeReached", { family: t.ref(Family), schedule: t.ref(Schedule) });

// A phone makes the key of a dose when it is taken: however often it is sent, and from however many phones, it is one dose.
export const syncDoses = Medicines.command("syncDoses", {
  http: "POST /doses/sync", allow: [family], idempotent: "natural", slo: { p99: "1s" },
  input: { doses: t.list({ ...taken, medicine: t.ref(Medicine) }).min(1).max(100) },
  reads: [Medicine, Dose], writes: [Medicine, Dose], emits: [StockDropped],
  async handle({ input, me, db, emit }) {
    for (const dose of input.doses) {
      if (await db.Dose.find({ where: (row) => row.key.eq(dose.key) })) continue;
      await db.Dose.create({ ...dose, family: me.id });
      const { left } = await db.Medicine.get(dose.medicine);
      if (!dose.takenAt || left === 0) continue;
      await db.Medicine.update(dose.medicine, { left: left - 1 });
      if (left === 6) emit(StockDropped, { family: me.id, medicine: dose.medicine, left: 5 });
    }
  },
});
export const listDoses = Medicines.query("listDoses", {
  http: "GET /doses", allow: [family], input: { since: t.time() }, returns: t.page(Dose), slo: { p99: "500ms" }, stale: "1m",
  body: ({ input, me, page }) => page(Dose, { where: (row) => row.family.eq(me.id).and(row.receivedAt.atLeast(input.since)), sort: "receivedAt" }),
});
export const addMedicine = Medicines.command("addMedicine", {
  allow: "system", idempotent: "no",
  input: { ...own, person: t.ref(Person), name: t.text().min(1).max(120).pii("consent", "30d"), dose: t.text().max(120).pii("consent", "30d") },
  body: ({ input, create }) => void create(Medicine, input),
});
export const remindDue = Medicines.command("remindDue", {
  allow: "system", reads: [Schedule], writes: [Schedule], emits: [DoseTimeReached], idempotent: "natural",
  async handle({ now, db, emit }) {
    const due = await db.Schedule.list({ where: (row) => row.nextAt.atMost(now).and(row.until.above(now)), sort: "nextAt", limit: 500 });
    for (const { id, family: of, nextAt, everyHours } of due) {
      await db.Schedule.update(id, { nextAt: new Date(nextAt.getTime() + everyHours * 3_600_000) });
      emit(DoseTimeReached, { family: of, schedule: id });
    }
  },
});
Medicines.job("remind", { every: "1m", runs: remindDue });
export const forgetMedicines = Medicines.command("forgetMedicines", {
  allow: "system", input: { family: t.ref(Family) },
  body: ({ input, remove }) => {
    remove(Dose, (row) => row.family.eq(input.family));
    remove(Schedule, (row) => row.family.eq(input.family));
    remove(Medicine, (row) => row.family.eq(input.family));
    remove(Person, (row) => row.family.eq(input.family));
  },
});
Medicines.on(FamilyErased, forgetMedicines);
