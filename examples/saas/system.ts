import { context, system, t, unknown } from "archwright";
import { Accounts, Agency, agency, MemberAdded } from "./accounts.ts";
import { Invoicing, InvoiceIssued, InvoiceRejected, issueInvoice, listInvoices } from "./invoicing.ts";
import { addTask, finishTask, recordTime, showBoard, startTask, Work } from "./work.ts";

// audit: who was let in and what was billed, kept for the auditors of SOC 2
export const Audit = context("audit", { owner: "platform", domain: "supporting", availability: "99.9%" });
export const AuditEntry = Audit.entity("AuditEntry", {
  id: t.id("aud"), agency: t.ref(Agency).readonly(), of: t.text().max(60).readonly(), at: t.time().now(),
  deed: t.oneOf("member added", "invoice issued", "invoice rejected").readonly(),
}, {
  tenant: "agency", index: [["agency", "at"]], expect: { rows: 5_000_000, growth: "6000/day", most: 1_500_000 },
  access: [{ role: agency, can: ["read", "list"], where: (row, me) => row.agency.eq(me.id) }],
});
const deed = { agency: t.ref(Agency), of: t.text().max(60) };
export const recordMember = Audit.command("recordMember", {
  allow: "system", input: deed, body: ({ input, create }) => void create(AuditEntry, { ...input, deed: "member added" }),
});
export const recordInvoice = Audit.command("recordInvoice", {
  allow: "system", input: deed, body: ({ input, create }) => void create(AuditEntry, { ...input, deed: "invoice issued" }),
});
export const recordRejection = Audit.command("recordRejection", {
  allow: "system", input: deed, body: ({ input, create }) => void create(AuditEntry, { ...input, deed: "invoice rejected" }),
});
Audit.on(MemberAdded, recordMember, (event) => ({ agency: event.agency, of: event.member }));
Audit.on(InvoiceIssued, recordInvoice, (event) => ({ agency: event.agency, of: event.invoice }));
Audit.on(InvoiceRejected, recordRejection, (event) => ({ agency: event.agency, of: event.invoice }));

// notifications
export const Notifications = context("notifications", { owner: "platform", domain: "generic" });
export const welcome = Notifications.message("welcome", {
  on: MemberAdded, to: (event) => event.member, by: ["email"], within: "5m", subject: "You are on the team", text: "Sign in to see your projects.",
});
export const refused = Notifications.message("refused", {
  on: InvoiceRejected, to: (event) => event.agency, by: ["email"], within: "5m",
  subject: "Invoice {number} was rejected", text: "The client's accounting says: {reason}",
});

export default system("saas", {
  contexts: [Accounts, Work, Invoicing, Audit, Notifications],
  users: 60_000, tenants: { count: 2_000, largest: "30%" }, clients: ["web", "partner"],
  team: 14, skills: ["typescript", "kubernetes"], budget: "9000 EUR/month", region: "eu", comply: ["gdpr", "soc2"],
  availability: "99.95%", rpo: "1m", rto: "30m", growth: unknown("By how much will the load grow until next year?", "60%", ["30%", "150%"]),
  load: [
    { on: showBoard, mean: "28/s", peak: "220/s" },
    { on: addTask, mean: "0.5/s", peak: "4/s" },
    { on: startTask, mean: "3/s", peak: "25/s" },
    { on: finishTask, mean: "3/s", peak: "25/s" },
    { on: recordTime, mean: "5/s", peak: "60/s" },
    { on: issueInvoice, mean: "0.06/s", peak: unknown("How many invoices are issued at once on the last working day of a month?", "10/s", ["3/s", "40/s"]) },
    { on: listInvoices, mean: "45/s", peak: unknown("How often do the programs of the largest agency ask for its invoices?", "300/s", ["60/s", "900/s"]) },
  ],
});
