import { context, integration, t, unknown } from "archwright";
import { Agency, agency, takeInvoiceNumber } from "./accounts.ts";
import { billTime, Client, findUnbilledTime, Project } from "./work.ts";

// invoicing: hours become an invoice once, and reach the client's accounting through a Peppol access point
export const Invoicing = context("invoicing", { owner: "money", domain: "core" });
export const Invoice = Invoicing.entity("Invoice", {
  id: t.id("inv"), agency: t.ref(Agency).readonly(), client: t.ref(Client).readonly(), project: t.ref(Project).readonly(), number: t.int().min(1).unique(),
  lines: t.list({ day: t.date(), quarters: t.int().min(1), note: t.text().max(300).optional(), amount: t.money("EUR") }).max(500), total: t.money("EUR"),
  issuedAt: t.time().now(), deliveredAt: t.time().optional(), rejection: t.text().max(500).optional(),
  status: t.state({ issued: ["paid"], paid: [] }),
}, {
  tenant: "agency", index: [["agency", "issuedAt"]], expect: { rows: 4_000_000, growth: "5000/day", most: 1_200_000 },
  access: [{ role: agency, can: ["read", "list"], where: (row, me) => row.agency.eq(me.id) }],
  invariants: { "the total is the sum of the lines": (row) => row.total.eq(row.lines.sum((line) => line.amount)) },
});
export const InvoiceIssued = Invoicing.event("InvoiceIssued", { invoice: t.ref(Invoice), agency: t.ref(Agency), number: t.int(), total: t.money("EUR") });
export const InvoiceRejected = Invoicing.event("InvoiceRejected", { invoice: t.ref(Invoice), agency: t.ref(Agency), number: t.int(), reason: t.text().max(500) });
export const issueInvoice = Invoicing.command("issueInvoice", {
  http: "POST /projects/:project/invoices", allow: [agency], input: { project: t.ref(Project), until: t.date() }, returns: Invoice,
  reads: [Invoice], writes: [Invoice], calls: [findUnbilledTime], atomic: [billTime, takeInvoiceNumber], emits: [InvoiceIssued],
  errors: { NothingToBill: 409 }, idempotent: "required", slo: { p99: "1s", availability: "99.95%" },
  async handle({ input, me, db, calls, atomic, emit, fail }) {
    const { client, quarterHour, entries } = await calls.findUnbilledTime(input);
    const lines = entries.map(({ day, quarters, note }) => ({ day, quarters, note, amount: quarterHour.times(quarters) }));
    const [first, ...rest] = lines;
    if (!first) throw fail("NothingToBill");
    const total = rest.reduce((sum, { amount }) => sum.plus(amount), first.amount);
    await atomic.billTime({ entries: entries.map(({ entry }) => ({ entry })) });
    const { number } = await atomic.takeInvoiceNumber({ agency: me.id });
    const invoice = await db.Invoice.create({ agency: me.id, client, project: input.project, number, lines, total });
    emit(InvoiceIssued, { invoice: invoice.id, agency: me.id, number, total });
    return invoice;
  },
});
export const listInvoices = Invoicing.query("listInvoices", {
  http: "GET /invoices", allow: [agency], input: { since: t.time() }, returns: t.page(Invoice), slo: { p99: "400ms" }, stale: "1m",
  body: ({ input, me, page }) => page(Invoice, { where: (row) => row.agency.eq(me.id).and(row.issuedAt.atLeast(input.since)), sort: "issuedAt" }),
});
export const markPaid = Invoicing.command("markPaid", {
  http: "POST /invoices/:invoice/paid", allow: [agency], input: { invoice: t.ref(Invoice) }, returns: Invoice, errors: { AlreadyPaid: 409 },
  body: ({ input, transition, fail }) => transition(Invoice, input.invoice, { status: "paid" }, fail("AlreadyPaid")),
});
export const Peppol = integration("peppol", {
  calls: {
    sendInvoice: {
      input: { invoice: t.ref(Invoice), number: t.int(), total: t.money("EUR") },
      p50: "400ms", p99: "3s", limit: unknown("How many invoices a second does the access point take from us?", "20/s", ["5/s", "50/s"]),
      availability: "99.5%", idempotencyKey: true,
    },
  },
  webhooks: { "invoice.delivered": { invoice: t.ref(Invoice) }, "invoice.rejected": { invoice: t.ref(Invoice), reason: t.text().max(500) } },
  verify: "signature", onFailure: { timeout: "10s", retries: 0, breaker: { open: "50%", over: "1m" }, then: "fail" },
});
export const deliverInvoice = Invoicing.command("deliverInvoice", {
  allow: "system", input: { invoice: t.ref(Invoice) }, reads: [Invoice], calls: [Peppol.sendInvoice], idempotent: "natural",
  async handle({ input, db, calls }) {
    const { id, number, total } = await db.Invoice.get(input.invoice);
    await calls.sendInvoice({ invoice: id, number, total });
  },
});
export const noteDelivery = Invoicing.command("noteDelivery", {
  allow: "system", input: { invoice: t.ref(Invoice) }, idempotent: "natural",
  body: ({ input, update, now }) => void update(Invoice, input.invoice, { deliveredAt: now }),
});
export const noteRejection = Invoicing.command("noteRejection", {
  allow: "system", input: { invoice: t.ref(Invoice), reason: t.text().max(500) }, idempotent: "natural",
  body: ({ input, update, emit }) => {
    const { id, agency: owner, number } = update(Invoice, input.invoice, { rejection: input.reason });
    emit(InvoiceRejected, { invoice: id, agency: owner, number, reason: input.reason });
  },
});
Invoicing.on(InvoiceIssued, deliverInvoice);
Invoicing.on(Peppol.webhooks["invoice.delivered"], noteDelivery);
Invoicing.on(Peppol.webhooks["invoice.rejected"], noteRejection);
