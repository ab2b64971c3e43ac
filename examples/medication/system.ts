import { context, system, unknown } from "archwright";
import { confirmPrescription, Documents, PrescriptionRead, uploadPrescription } from "./documents.ts";
import { Families } from "./families.ts";
import { DoseTimeReached, listDoses, Medicines, StockDropped, syncDoses } from "./medicines.ts";

// reminders: a lock screen is read by whoever is near, so that no message names a medicine or a person
export const Reminders = context("reminders", { owner: "app", domain: "core" });
export const doseDue = Reminders.message("doseDue", {
  on: DoseTimeReached, to: (event) => event.family, by: ["push"], within: "1m", optOut: true,
  subject: "Está na hora de um medicamento", text: "Abra a aplicação para ver qual é e para registar a toma.",
});
export const ranLow = Reminders.message("ranLow", {
  on: StockDropped, to: (event) => event.family, by: ["push", "email"], within: "1h", optOut: true,
  subject: "Um medicamento está a acabar", text: "Restam {left} doses. Abra a aplicação para ver de que medicamento se trata.",
});
export const prescriptionReady = Reminders.message("prescriptionReady", {
  on: PrescriptionRead, to: (event) => event.family, by: ["push"], within: "10m",
  subject: "A sua receita foi lida", text: "Confirme na aplicação os medicamentos que encontrámos.",
});

export default system("medication", {
  contexts: [Families, Medicines, Documents, Reminders],
  users: unknown("How many phones does a family use?", 11_000, [6_000, 20_000]), tenants: { count: 5_000 }, clients: ["mobile-offline"],
  team: 2, skills: ["typescript"], budget: "150 EUR/month", region: "eu", comply: ["gdpr"],
  availability: "99.5%", rpo: "24h", rto: "8h", growth: unknown("How many families will there be in a year?", "100%", ["20%", "400%"]),
  load: [
    { on: syncDoses, mean: "0.3/s", peak: unknown("How many phones send their doses in one second at eight in the morning?", "12/s", ["4/s", "40/s"]) },
    { on: listDoses, mean: "0.6/s", peak: "20/s" },
    { on: uploadPrescription, mean: "12/h", peak: "0.5/s" },
    { on: confirmPrescription, mean: "10/h", peak: "0.2/s" },
  ],
  pin: {
    signIn: { choose: "hosted", because: "Supabase Auth: nobody of two keeps passwords, resets and codes by SMS secure beside the product" },
    database: { choose: "postgres-1", because: "that of Supabase in Frankfurt, backed up every night; the phones keep what a lost day would lose" },
  },
});
