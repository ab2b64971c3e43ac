import { context, integration, t, unknown } from "archwright";
import { Booking, BookingConfirmed, clerk, customer, getBooking, Party } from "./back-office.ts";

// customs: a declaration for each confirmed booking, lodged with the office by a clerk of the desk
export const Customs = context("customs", { owner: "customs desk", domain: "supporting" });
export const Declaration = Customs.entity("Declaration", {
  id: t.id("dec"), booking: t.ref(Booking).unique().readonly(), tariffCode: t.text().max(12).optional(), officeNumber: t.text().max(30).optional().index(),
  status: t.state({ draft: ["lodged"], lodged: ["cleared", "held"], held: ["cleared"], cleared: [] }), draftedAt: t.time().now(),
}, { index: [["status", "draftedAt"]], expect: { rows: 15_000_000, growth: "11000/day" }, access: [{ role: clerk, can: ["read", "list"] }] });
export const DeclarationLodged = Customs.event("DeclarationLodged", { declaration: t.ref(Declaration) });
export const DeclarationHeld = Customs.event("DeclarationHeld", { declaration: t.ref(Declaration), booking: t.ref(Booking) });
export const draftDeclaration = Customs.command("draftDeclaration", {
  allow: "system", input: { booking: t.ref(Booking) }, idempotent: "natural",
  body: ({ input, create }) => void create(Declaration, { booking: input.booking }),
});
export const lodgeDeclaration = Customs.command("lodgeDeclaration", {
  http: "POST /declarations/:declaration/lodge", allow: [clerk], input: { declaration: t.ref(Declaration), tariffCode: t.text().min(8).max(12) },
  returns: Declaration, errors: { AlreadyLodged: 409 }, slo: { p99: "400ms" },
  body: ({ input, update, transition, emit, fail }) => {
    update(Declaration, input.declaration, { tariffCode: input.tariffCode });
    const lodged = transition(Declaration, input.declaration, { status: "lodged" }, fail("AlreadyLodged"));
    emit(DeclarationLodged, { declaration: lodged.id });
    return lodged;
  },
});
export const Office = integration("customsOffice", {
  calls: {
    submitDeclaration: {
      input: { declaration: t.ref(Declaration), tariffCode: t.text().max(12), origin: t.text().max(5) }, returns: { number: t.text().max(30) },
      p50: "2s", p99: "15s", limit: unknown("How many declarations a second does the office take from one forwarder?", "2/s", ["0.5/s", "5/s"]),
      availability: "99%", idempotencyKey: true,
    },
  },
  webhooks: { "declaration.cleared": { declaration: t.ref(Declaration) }, "declaration.held": { declaration: t.ref(Declaration) } },
  verify: "token", onFailure: { timeout: "30s", retries: 0, breaker: { open: "50%", over: "5m" }, then: "fail" },
});
export const submit = Customs.command("submit", {
  allow: "system", input: { declaration: t.ref(Declaration) }, reads: [Declaration], writes: [Declaration], calls: [getBooking, Office.submitDeclaration],
  idempotent: "natural",
  async handle({ input, db, calls }) {
    const { id, booking, tariffCode, officeNumber } = await db.Declaration.get(input.declaration);
    if (officeNumber !== null || tariffCode === null) return;
    const { origin } = await calls.getBooking({ booking });
    const { number } = await calls.submitDeclaration({ declaration: id, tariffCode, origin });
    await db.Declaration.update(id, { officeNumber: number });
  },
});
export const clearDeclaration = Customs.command("clearDeclaration", {
  allow: "system", input: { declaration: t.ref(Declaration) }, idempotent: "natural",
  body: ({ input, transition }) => void transition(Declaration, input.declaration, { status: "cleared" }),
});
export const holdDeclaration = Customs.command("holdDeclaration", {
  allow: "system", input: { declaration: t.ref(Declaration) }, reads: [Declaration], writes: [Declaration], emits: [DeclarationHeld], idempotent: "natural",
  async handle({ input, db, emit }) {
    const { id, booking, status } = await db.Declaration.get(input.declaration);
    if (status !== "lodged") return;
    await db.Declaration.transition(id, { status: "held" });
    emit(DeclarationHeld, { declaration: id, booking });
  },
});
Customs.on(BookingConfirmed, draftDeclaration, (event) => ({ booking: event.booking }));
Customs.on(DeclarationLodged, submit);
Customs.on(Office.webhooks["declaration.cleared"], clearDeclaration);
Customs.on(Office.webhooks["declaration.held"], holdDeclaration);

// invoicing: a confirmed booking is owed
export const Invoicing = context("invoicing", { owner: "finance" });
export const Invoice = Invoicing.entity("Invoice", {
  id: t.id("inv"), party: t.ref(Party).readonly(), booking: t.ref(Booking).unique().readonly(), amount: t.money("EUR").readonly(), issuedAt: t.time().now(),
  status: t.state({ open: ["paid"], paid: [] }),
}, {
  index: [["party", "issuedAt"], ["status", "issuedAt"]], expect: { rows: 15_000_000, growth: "11000/day", most: 1_300_000 },
  access: [{ role: clerk, can: ["read", "list"] }, { role: customer, can: ["read", "list"], where: (row, me) => row.party.eq(me.id) }],
});
export const issueInvoice = Invoicing.command("issueInvoice", {
  allow: "system", input: { booking: t.ref(Booking), party: t.ref(Party), price: t.money("EUR") }, idempotent: "natural",
  body: ({ input, create }) => void create(Invoice, { party: input.party, booking: input.booking, amount: input.price }),
});
export const settleInvoice = Invoicing.command("settleInvoice", {
  http: "POST /invoices/:invoice/settle", allow: [clerk], input: { invoice: t.ref(Invoice) }, returns: Invoice, errors: { AlreadyPaid: 409 },
  body: ({ input, transition, fail }) => transition(Invoice, input.invoice, { status: "paid" }, fail("AlreadyPaid")),
});
Invoicing.on(BookingConfirmed, issueInvoice);
