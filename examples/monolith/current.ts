import { context, system, t, unknown } from "archwright";
import * as office from "./back-office.ts";
import { Customs, Invoicing, lodgeDeclaration } from "./customs-and-invoicing.ts";

// What stands today: nine modules in one process on one database, and three of them that hold up the other six. The promises are those that
// are kept by now, not those that were made. What is proposed instead is in system.ts.
const { Booking, BookingRequested, Bookings, clerk, customer, findBookings, findMovements, findParties, getBooking, setPrice } = office;
const elsewhere = { "lifecycle/operation-has-code": "its code stands in the monolith, and goes with it" };

// search: asks the three modules that know, one after the other, at every letter that a clerk types
const Search = context("search", { owner: "operations" });
export const searchOffice = Search.query("searchOffice", {
  http: "GET /search", allow: [clerk], input: { words: t.text().min(2).max(80) }, calls: [findBookings, findParties, findMovements],
  returns: { hits: t.list({ of: t.text().max(40), kind: t.oneOf("booking", "party", "container"), words: t.text().max(500) }).max(150) },
  slo: { p99: "2500ms" }, accept: elsewhere,
});

// pricing: every price is reckoned anew from the tables of tariffs, surcharges and rates of exchange, in the transaction of the booking
const Pricing = context("pricing", { owner: "operations", domain: "core" });
const lane = { origin: t.text().min(5).max(5), destination: t.text().min(5).max(5) };
export const Tariff = Pricing.entity("Tariff", {
  id: t.id("tar"), ...lane, perKilogram: t.money("EUR").min(0), validUntil: t.date(),
}, {
  index: [["origin", "destination"]], expect: { rows: 3_200_000, growth: "9000/day" },
  access: [{ role: clerk, can: ["read", "list", "create", "update"] }],
});
export const Surcharge = Pricing.entity("Surcharge", {
  id: t.id("sur"), tariff: t.ref(Tariff), name: t.text().max(80), amount: t.money("EUR").min(0), validUntil: t.date(),
}, { expect: { rows: 19_000_000, growth: "55000/day", most: 40 }, access: [{ role: clerk, can: ["read", "list", "create", "update"] }] });
const asked = { ...lane, kilograms: t.int().min(1).max(30_000) };
export const quotePrice = Pricing.query("quotePrice", {
  http: "GET /quotes", allow: [customer, clerk], input: asked, returns: { price: t.money("EUR") }, reads: [Tariff, Surcharge],
  slo: { p99: "4s" }, accept: elsewhere,
});
export const priceBooking = Pricing.command("priceBooking", {
  allow: "system", input: { booking: t.ref(Booking), ...asked }, reads: [Tariff, Surcharge], atomic: [setPrice], idempotent: "natural", accept: elsewhere,
});
Pricing.on(BookingRequested, priceBooking, ({ booking, origin, destination, kilograms }) => ({ booking, origin, destination, kilograms }));

// documents: drawn while the clerk waits, by the processor that serves everybody else
const Documents = context("documents", { owner: "operations" });
const form = t.oneOf("bill of lading", "packing list", "delivery note");
export const Document = Documents.entity("Document", {
  id: t.id("doc"), booking: t.ref(Booking).readonly(), form: form.readonly(), sheet: t.file({ max: "10MB", types: ["application/pdf"] }),
  orderedAt: t.time().now(),
}, {
  index: [["booking", "orderedAt"]], expect: { rows: 60_000_000, growth: "45000/day", most: 30 },
  access: [{ role: clerk, can: ["read", "list"] }],
});
export const orderDocument = Documents.command("orderDocument", {
  http: "POST /bookings/:booking/documents", allow: [clerk], input: { booking: t.ref(Booking), form }, returns: Document, idempotent: "no",
  writes: [Document], calls: [getBooking], slo: { p50: "3s", p99: "12s" }, accept: elsewhere,
});

const because = "so it stands";
export default system("monolith", {
  contexts: [office.Identity, office.Parties, Bookings, office.Tracking, Customs, Invoicing, Search, Pricing, Documents],
  users: 15_000, clients: ["web", "partner"], team: 26, skills: ["java", "kubernetes"], budget: "7000 EUR/month", region: "eu", comply: ["gdpr"],
  availability: "99.2%", rpo: "24h", rto: "4h", growth: "50%",
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
    { on: findParties, mean: "1/s", peak: "6/s" },
    { on: findBookings, mean: "1/s", peak: "6/s" },
    { on: findMovements, mean: "1/s", peak: "6/s" },
    { on: lodgeDeclaration, mean: "0.13/s", peak: "1.5/s" },
  ],
  pin: {
    placement: { choose: "one-process", because }, database: { choose: "postgres-1", because }, cache: { choose: "none", because },
    broker: { choose: "postgres-outbox", because }, hosting: { choose: "single-machine", because }, zones: { choose: "one", because },
  },
});
