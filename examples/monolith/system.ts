import { context, integration, system, t, unknown } from "archwright";
import * as office from "./back-office.ts";
import { Customs, Invoicing, lodgeDeclaration } from "./customs-and-invoicing.ts";

// What is proposed: search, pricing and documents on their own, each with the data that it needs. What stands today is in current.ts.
const { Booking, BookingRequested, Bookings, clerk, ContainerMoved, customer, getBooking, PartyRegistered, setPrice } = office;

// search: asked at every letter that a clerk types. It has a copy of the words of the others, fed by their events, which may be seconds behind
const Search = context("search", { owner: "platform", domain: "supporting", availability: "99.5%" });
const kind = t.oneOf("booking", "party", "container");
export const SearchEntry = Search.entity("SearchEntry", {
  id: t.id("sea"), of: t.text().max(40).unique().readonly(), kind: kind.readonly(), words: t.text().max(500).search(), changedAt: t.time(),
}, { index: [["kind", "changedAt"]], expect: { rows: 45_000_000, growth: "40000/day" } });
export const searchOffice = Search.query("searchOffice", {
  http: "GET /search", allow: [clerk], input: { words: t.text().min(2).max(80) }, returns: t.page(SearchEntry), stale: "30s", slo: { p99: "400ms" },
  body: ({ input, page }) => page(SearchEntry, { where: (row) => row.words.matches(input.words), sort: "-changedAt" }),
});
export const putEntry = Search.command("putEntry", {
  allow: "system", input: { of: t.text().max(40), kind, words: t.text().max(500) }, reads: [SearchEntry], writes: [SearchEntry], idempotent: "natural",
  async handle({ input, now, db }) {
    const earlier = await db.SearchEntry.find({ where: (row) => row.of.eq(input.of) });
    if (earlier) await db.SearchEntry.update(earlier.id, { words: input.words, changedAt: now });
    else await db.SearchEntry.create({ ...input, changedAt: now });
  },
});
Search.on(BookingRequested, putEntry, (event) => ({ of: event.booking, kind: "booking", words: event.goods }));
Search.on(PartyRegistered, putEntry, (event) => ({ of: event.party, kind: "party", words: event.title }));
Search.on(ContainerMoved, putEntry, (event) => ({ of: event.container, kind: "container", words: event.place }));

// pricing: quotes are kept for a quarter of an hour, so that the same question is reckoned once
const Pricing = context("pricing", { owner: "sales", domain: "core", availability: "99.9%" });
const lane = { origin: t.text().min(5).max(5), destination: t.text().min(5).max(5) };
export const Tariff = Pricing.entity("Tariff", {
  id: t.id("tar"), ...lane, perKilogram: t.money("EUR").min(0), surcharge: t.money("EUR").min(0), validUntil: t.date(),
}, {
  index: [["origin", "destination", "validUntil"]], expect: { rows: 3_200_000, growth: "9000/day" },
  access: [{ role: clerk, can: ["read", "list", "create", "update"] }],
});
const asked = { ...lane, kilograms: t.int().min(1).max(30_000) };
export const quotePrice = Pricing.query("quotePrice", {
  http: "GET /quotes", allow: [customer, clerk], input: asked, returns: { price: t.money("EUR") }, reads: [Tariff], errors: { NoTariff: 404 },
  stale: "15m", slo: { p99: "300ms", availability: "99.9%" },
  async handle({ input: { origin, destination, kilograms }, db, fail }) {
    const tariff = await db.Tariff.find({ where: (row) => row.origin.eq(origin).and(row.destination.eq(destination)), sort: "-validUntil" });
    if (!tariff) throw fail("NoTariff");
    return { price: tariff.perKilogram.times(kilograms).plus(tariff.surcharge) };
  },
});
export const priceBooking = Pricing.command("priceBooking", {
  allow: "system", input: { booking: t.ref(Booking), ...asked }, calls: [quotePrice, setPrice], idempotent: "natural",
  async handle({ input: { booking, ...wanted }, calls }) {
    const { price } = await calls.quotePrice(wanted);
    await calls.setPrice({ booking, price });
  },
});
Pricing.on(BookingRequested, priceBooking, ({ booking, origin, destination, kilograms }) => ({ booking, origin, destination, kilograms }));

// documents: bills of lading and packing lists, drawn by a service of their own after the request has been answered
const Documents = context("documents", { owner: "operations", domain: "supporting", availability: "99.5%" });
const form = t.oneOf("bill of lading", "packing list", "delivery note");
const sheet = t.file({ max: "10MB", types: ["application/pdf"] });
export const Document = Documents.entity("Document", {
  id: t.id("doc"), booking: t.ref(Booking).readonly(), form: form.readonly(), sheet: sheet.optional(), orderedAt: t.time().now(),
  status: t.state({ ordered: ["drawn"], drawn: [] }),
}, {
  index: [["booking", "orderedAt"]], expect: { rows: 60_000_000, growth: "45000/day", most: 30 },
  access: [{ role: clerk, can: ["read", "list"] }],
});
export const DocumentOrdered = Documents.event("DocumentOrdered", { document: t.ref(Document) });
export const orderDocument = Documents.command("orderDocument", {
  http: "POST /bookings/:booking/documents", allow: [clerk], input: { booking: t.ref(Booking), form }, returns: Document, idempotent: "required",
  slo: { p99: "300ms" },
  body: ({ input, create, emit }) => {
    const document = create(Document, input);
    emit(DocumentOrdered, { document: document.id });
    return document;
  },
});
export const Renderer = integration("renderer", {
  calls: {
    drawDocument: {
      input: { document: t.ref(Document), form, goods: t.text().max(300), kilograms: t.int() }, returns: { sheet },
      p50: "1500ms", p99: "8s", limit: unknown("How many documents a second does the drawing service take?", "40/s", ["20/s", "150/s"]),
      availability: "99.9%", idempotencyKey: true,
    },
  },
  onFailure: { timeout: "20s", retries: 0, breaker: { open: "50%", over: "1m" }, then: "fail" },
});
export const drawDocument = Documents.command("draw", {
  allow: "system", input: { document: t.ref(Document) }, reads: [Document], writes: [Document], calls: [getBooking, Renderer.drawDocument],
  idempotent: "natural",
  async handle({ input, db, calls }) {
    const { id, booking, form: wanted, status } = await db.Document.get(input.document);
    if (status === "drawn") return;
    const { goods, kilograms } = await calls.getBooking({ booking });
    const drawn = await calls.drawDocument({ document: id, form: wanted, goods, kilograms });
    await db.Document.update(id, { sheet: drawn.sheet });
    await db.Document.transition(id, { status: "drawn" });
  },
});
Documents.on(DocumentOrdered, drawDocument);

export default system("monolith", {
  contexts: [office.Identity, office.Parties, Bookings, office.Tracking, Customs, Invoicing, Search, Pricing, Documents],
  users: 15_000, clients: ["web", "partner"], team: 26, skills: ["java", "kubernetes"], budget: "16000 EUR/month", region: "eu", comply: ["gdpr"],
  availability: "99.9%", rpo: "1m", rto: "30m", growth: "50%",
  accept: { "security/role-can-be-had": "clerks get their account from a chief, customers with their contract" },
  load: [
    // At peak search was built for 7.5 a second, pricing for 35, documents for 1.2: each gets twenty times as much.
    { on: searchOffice, mean: "60/s", peak: "150/s" },
    { on: quotePrice, mean: "180/s", peak: unknown("How many prices a second do the programs of customers ask for?", "700/s", ["300/s", "2500/s"]) },
    { on: orderDocument, mean: "0.6/s", peak: "24/s" },
    { on: office.requestBooking, mean: "0.19/s", peak: "4/s" },
    { on: office.confirmBooking, mean: "0.13/s", peak: "3/s" },
    { on: office.trackBooking, mean: "40/s", peak: "150/s" },
    { on: office.recordMovement, mean: "2.2/s", peak: "60/s" },
    { on: office.findParties, mean: "1/s", peak: "6/s" },
    { on: office.findBookings, mean: "1/s", peak: "6/s" },
    { on: office.findMovements, mean: "1/s", peak: "6/s" },
    { on: lodgeDeclaration, mean: "0.13/s", peak: "1.5/s" },
  ],
});
