import { context, integration, t, unknown } from "archwright";
import { Family, FamilyErased, family, own } from "./families.ts";
import { addMedicine, Person } from "./medicines.ts";

// documents: photographs of prescriptions, read apart by a third party, and believed once a person has confirmed them
export const Documents = context("documents", { owner: "app", domain: "supporting", availability: "99%" });
const photograph = t.file({ max: "15MB", types: ["application/pdf", "image/jpeg", "image/png"] }).pii("consent", "30d");
const reading = { name: t.text().min(1).max(120).pii("consent", "30d"), dose: t.text().max(120).pii("consent", "30d") };
export const Prescription = Documents.entity("Prescription", {
  id: t.id("pre"), ...own, person: t.ref(Person).readonly(), photograph: photograph.readonly(), medicines: t.list(reading).max(20).pii("consent", "30d"),
  status: t.state({ uploaded: ["read", "unreadable"], read: ["confirmed"], unreadable: [], confirmed: [] }), uploadedAt: t.time().now(),
}, {
  tenant: "family", expect: { rows: 60_000, growth: "300/day", most: 200 },
  access: [{ role: family, can: ["read", "list", "delete"], where: (row, me) => row.family.eq(me.id) }],
});
export const PrescriptionUploaded = Documents.event("PrescriptionUploaded", { prescription: t.ref(Prescription) });
export const PrescriptionRead = Documents.event("PrescriptionRead", { prescription: t.ref(Prescription), family: t.ref(Family) });
export const uploadPrescription = Documents.command("uploadPrescription", {
  http: "POST /prescriptions", allow: [family], input: { person: t.ref(Person), photograph }, returns: Prescription, idempotent: "required", slo: { p99: "1s" },
  body: ({ input, me, create, emit }) => {
    const uploaded = create(Prescription, { family: me.id, person: input.person, photograph: input.photograph, medicines: [] });
    emit(PrescriptionUploaded, { prescription: uploaded.id });
    return uploaded;
  },
});
export const Ocr = integration("ocr", {
  calls: {
    readDocument: {
      input: { photograph }, returns: { medicines: t.list(reading).max(20).pii("consent", "30d") },
      p50: unknown("How long does it take to read one page?", "2500ms", ["1s", "8s"]), p99: "12s", limit: "5/s", availability: "99.5%",
    },
  },
  holds: ["photographs of prescriptions, for an hour"], onFailure: { timeout: "20s", retries: 0, breaker: { open: "50%", over: "2m" }, then: "fail" },
});
export const readPrescription = Documents.command("readPrescription", {
  allow: "system", input: { prescription: t.ref(Prescription) }, reads: [Prescription], writes: [Prescription], calls: [Ocr.readDocument],
  emits: [PrescriptionRead], idempotent: "natural",
  async handle({ input, db, calls, emit }) {
    const uploaded = await db.Prescription.get(input.prescription);
    if (uploaded.status !== "uploaded") return;
    const { medicines } = await calls.readDocument({ photograph: uploaded.photograph });
    await db.Prescription.update(uploaded.id, { medicines });
    await db.Prescription.transition(uploaded.id, { status: medicines.length > 0 ? "read" : "unreadable" });
    emit(PrescriptionRead, { prescription: uploaded.id, family: uploaded.family });
  },
});
export const confirmPrescription = Documents.command("confirmPrescription", {
  http: "POST /prescriptions/:prescription/confirm", allow: [family], input: { prescription: t.ref(Prescription) }, errors: { NotRead: 409 },
  body: ({ input, transition, each, atomic, fail }) => {
    const read = transition(Prescription, input.prescription, { status: "confirmed" }, fail("NotRead"));
    each(read.medicines, ({ name, dose }) => atomic(addMedicine, { family: read.family, person: read.person, name, dose }));
  },
});
export const forgetDocuments = Documents.command("forgetDocuments", {
  allow: "system", input: { family: t.ref(Family) }, body: ({ input, remove }) => remove(Prescription, (row) => row.family.eq(input.family)),
});
Documents.on(PrescriptionUploaded, readPrescription);
Documents.on(FamilyErased, forgetDocuments);
