import { context, integration, role, t } from "archwright";

// The modules of a freight forwarder's back office that carry their load and stay what they are: here, and in customs-and-invoicing.ts.

// identity
export const Identity = context("identity", { owner: "platform", domain: "generic" });
export const Clerk = Identity.entity("Clerk", {
  id: t.id("clk"), email: t.email().unique().pii("contract", "90d"), name: t.text().max(120).pii("contract", "90d"), office: t.text().max(5),
}, { expect: { rows: 900, growth: "1/day" } });
export const clerk = role("clerk", Clerk), chief = role("chief", Clerk);
Identity.access(Clerk, [
  { role: clerk, can: ["read"], where: (row, me) => row.id.eq(me.id) },
  { role: chief, can: ["read", "list", "create", "update"] },
]);

// parties: shippers, consignees and those who pay
export const Parties = context("parties", { owner: "sales" });
export const Party = Parties.entity("Party", {
  id: t.id("pty"), name: t.text().min(1).max(200).search(), country: t.text().min(2).max(2), taxNumber: t.text().max(30).unique(),
  email: t.email().pii("contract", "3650d"),
}, {
  expect: { rows: 140_000, growth: "60/day" }, access: [{ role: clerk, can: ["read", "list"] }],
  accept: { "privacy/personal-field-says-basis": "a party is a company, and its name stands in a public register" },
});
export const customer = role("customer", Party);
Parties.access(Party, [{ role: customer, can: ["read"], where: (row, me) => row.id.eq(me.id) }]);
export const PartyRegistered = Parties.event("PartyRegistered", { party: t.ref(Party), title: t.text().max(200) });
export const registerParty = Parties.command("registerParty", {
  http: "POST /parties", allow: [clerk], idempotent: "natural", returns: Party,
  input: { name: t.text().min(1).max(200), country: t.text().min(2).max(2), taxNumber: t.text().max(30), email: t.email().pii("contract", "3650d") },
  body: ({ input, create, emit }) => {
    const party = create(Party, input);
    emit(PartyRegistered, { party: party.id, title: party.name });
    return party;
  },
});
export const findParties = Parties.query("findParties", {
  http: "GET /parties/by-name", allow: [clerk], input: { words: t.text().min(2).max(80) }, returns: t.page(Party), slo: { p99: "400ms" },
  body: ({ input, page }) => page(Party, { where: (row) => row.name.matches(input.words), sort: "name" }),
});

// bookings: what is to go from where to where
export const Bookings = context("bookings", { owner: "operations", domain: "core" });
const route = { origin: t.text().min(5).max(5), destination: t.text().min(5).max(5), goods: t.text().min(2).max(300), kilograms: t.int().min(1).max(30_000) };
export const Booking = Bookings.entity("Booking", {
  id: t.id("bkg"), party: t.ref(Party).readonly(), ...route, goods: route.goods.search(), price: t.money("EUR").optional(), requestedAt: t.time().now(),
  status: t.state({ requested: ["priced", "cancelled"], priced: ["confirmed", "cancelled"], confirmed: ["delivered"], delivered: [], cancelled: [] }),
}, {
  index: [["party", "requestedAt"], ["status", "requestedAt"]], expect: { rows: 22_000_000, growth: "16000/day", most: 1_900_000 },
  access: [{ role: clerk, can: ["read", "list"] }, { role: customer, can: ["read", "list"], where: (row, me) => row.party.eq(me.id) }],
});
export const BookingRequested = Bookings.event("BookingRequested", { booking: t.ref(Booking), party: t.ref(Party), ...route });
export const BookingConfirmed = Bookings.event("BookingConfirmed", { booking: t.ref(Booking), party: t.ref(Party), price: t.money("EUR") });
export const requestBooking = Bookings.command("requestBooking", {
  http: "POST /bookings", allow: [customer], input: route, returns: Booking, idempotent: "required", slo: { p99: "500ms" },
  body: ({ input, me, create, emit }) => {
    const booking = create(Booking, { party: me.id, ...input });
    emit(BookingRequested, { booking: booking.id, party: me.id, ...input });
    return booking;
  },
});
export const setPrice = Bookings.command("setPrice", {
  allow: "system", input: { booking: t.ref(Booking), price: t.money("EUR") }, idempotent: "natural", slo: { p99: "60ms" },
  body: ({ input, update, transition }) => {
    update(Booking, input.booking, { price: input.price });
    transition(Booking, input.booking, { status: "priced" });
  },
});
export const confirmBooking = Bookings.command("confirmBooking", {
  http: "POST /bookings/:booking/confirm", allow: [customer], input: { booking: t.ref(Booking), price: t.money("EUR") }, returns: Booking,
  errors: { PriceHasChanged: 409, NotPriced: 409 }, slo: { p99: "400ms" },
  body: ({ input, get, require, transition, emit, fail }) => {
    require(get(Booking, input.booking).price.eq(input.price), fail("PriceHasChanged"));
    const booking = transition(Booking, input.booking, { status: "confirmed" }, fail("NotPriced"));
    emit(BookingConfirmed, { booking: booking.id, party: booking.party, price: input.price });
    return booking;
  },
});
export const cancelBooking = Bookings.command("cancelBooking", {
  http: "POST /bookings/:booking/cancel", allow: [customer, clerk], input: { booking: t.ref(Booking) }, returns: Booking, errors: { TooLate: 409 },
  body: ({ input, transition, fail }) => transition(Booking, input.booking, { status: "cancelled" }, fail("TooLate")),
});
export const findBookings = Bookings.query("findBookings", {
  http: "GET /bookings/by-goods", allow: [clerk], input: { words: t.text().min(2).max(80) }, returns: t.page(Booking), slo: { p99: "900ms" },
  body: ({ input, page }) => page(Booking, { where: (row) => row.goods.matches(input.words), sort: "-requestedAt" }),
});
export const getBooking = Bookings.query("getBooking", {
  allow: "system", input: { booking: t.ref(Booking) }, returns: Booking, slo: { p99: "30ms" }, body: ({ input, get }) => get(Booking, input.booking),
});
export const closeBooking = Bookings.command("closeBooking", {
  allow: "system", input: { booking: t.ref(Booking) }, reads: [Booking], writes: [Booking], idempotent: "natural",
  async handle({ input, db }) {
    // The second container of a booking arrives as well.
    const { status } = await db.Booking.get(input.booking);
    if (status === "confirmed") await db.Booking.transition(input.booking, { status: "delivered" });
  },
});

// tracking: carriers say where a container is
export const Tracking = context("tracking", { owner: "operations" });
export const Movement = Tracking.entity("Movement", {
  id: t.id("mov"), booking: t.ref(Booking).readonly(), notice: t.text().max(80).unique().readonly(), container: t.text().max(11).search().readonly(),
  place: t.text().max(120).readonly(), kind: t.oneOf("loaded", "discharged", "arrived").readonly(), at: t.time().readonly(),
}, { index: [["booking", "at"]], expect: { rows: 260_000_000, growth: "190000/day", most: 400 }, access: [{ role: clerk, can: ["read", "list"] }] });
export const ContainerMoved = Tracking.event("ContainerMoved", { booking: t.ref(Booking), container: t.text().max(11), place: t.text().max(120) });
export const ContainerArrived = Tracking.event("ContainerArrived", { booking: t.ref(Booking) });
const notice = { booking: t.ref(Booking), notice: t.text().max(80), container: t.text().max(11), place: t.text().max(120), at: t.time() };
export const Carriers = integration("carriers", {
  calls: {}, webhooks: { "container.loaded": notice, "container.discharged": notice, "container.arrived": notice }, verify: "token",
  onFailure: { timeout: "5s", retries: 0, then: "fail" },
});
export const recordMovement = Tracking.command("recordMovement", {
  allow: "system", input: { ...notice, kind: t.oneOf("loaded", "discharged", "arrived") }, reads: [Movement], writes: [Movement],
  emits: [ContainerMoved, ContainerArrived], idempotent: "natural",
  async handle({ input, db, emit }) {
    if (await db.Movement.find({ where: (row) => row.notice.eq(input.notice) })) return;
    const { booking, container, place } = await db.Movement.create(input);
    emit(ContainerMoved, { booking, container, place });
    if (input.kind === "arrived") emit(ContainerArrived, { booking });
  },
});
Tracking.on(Carriers.webhooks["container.loaded"], recordMovement, (event) => ({ ...event, kind: "loaded" }));
Tracking.on(Carriers.webhooks["container.discharged"], recordMovement, (event) => ({ ...event, kind: "discharged" }));
Tracking.on(Carriers.webhooks["container.arrived"], recordMovement, (event) => ({ ...event, kind: "arrived" }));
export const trackBooking = Tracking.query("trackBooking", {
  http: "GET /bookings/:booking/movements", allow: [clerk, customer], input: { booking: t.ref(Booking) }, returns: t.page(Movement), stale: "1m",
  slo: { p99: "400ms" },
  body: ({ input, page }) => page(Movement, { where: (row) => row.booking.eq(input.booking), sort: "-at" }),
});
export const findMovements = Tracking.query("findMovements", {
  http: "GET /movements/by-container", allow: [clerk], input: { words: t.text().min(2).max(80) }, returns: t.page(Movement), slo: { p99: "900ms" },
  body: ({ input, page }) => page(Movement, { where: (row) => row.container.matches(input.words), sort: "-at" }),
});
Bookings.on(ContainerArrived, closeBooking);
