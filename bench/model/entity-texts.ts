// Written as an author would write them. Each `<name>` is put into the words of the part; `<Person>` is the entity of the people.

/** The people of the first part, whose roles all access rules name. */
export const peopleText = `export const <Profile> = <Context>.entity("<Profile>", {
  id: t.id("<profileId>"), email: t.email().unique().pii("contract", "90d"), name: t.text().max(120).search().pii("contract", "90d"),
  phone: t.phone().optional().pii("consent", "30d"), language: t.oneOf("de", "en", "fr").default("en"),
  birthday: t.date().min("1900-01-01").optional().pii("consent", "30d"), joinedAt: t.time().now(),
}, { expect: { rows: 200_000, growth: "300/day" } });
export const customer = role("customer", <Profile>, { signUp: true }), staff = role("staff", <Profile>);
<Context>.access(<Profile>, [
  { role: customer, can: ["read", "update"], where: (row, me) => row.id.eq(me.id) },
  { role: staff, can: ["read", "list"] },
]);
`;

export const profileText = `export const <Profile> = <Context>.entity("<Profile>", {
  id: t.id("<profileId>"), person: t.ref(<Person>).unique().readonly(),
  email: t.email().unique().pii("contract", "90d"), name: t.text().max(120).search().pii("contract", "90d"),
  phone: t.phone().optional().pii("consent", "30d"), language: t.oneOf("de", "en", "fr").default("en"),
  birthday: t.date().min("1900-01-01").optional().pii("consent", "30d"), checkedAt: t.time().optional(),
}, {
  access: [
    { role: customer, can: ["read", "list"], where: (row, me) => row.person.eq(me.id) },
    { role: staff, can: ["read", "list", "create", "update"] },
  ],
});
`;

/** The other nine. */
export const entityTexts = `export const <Category> = <Context>.entity("<Category>", {
  id: t.id("<categoryId>"), code: t.text().pattern(/[A-Z]{3}-[0-9]{2}/).unique(), title: t.text().min(1).max(80),
  share: t.decimal(5, 2).min(0).max(100).optional(), active: t.bool().default(true),
}, {
  expect: { rows: 200 },
  access: [
    { role: staff, can: ["read", "list", "create", "update"] },
    { role: customer, can: ["read", "list"], where: (row) => row.active },
  ],
});

export const <Stock> = <Context>.entity("<Stock>", {
  id: t.id("<stockId>"), category: t.ref(<Category>).index(),
  name: t.text().min(1).max(200).search(), summary: t.text().max(2_000).optional(),
  price: t.money("EUR").min(0), stock: t.int().min(0), reserved: t.int().min(0).default(0), weight: t.decimal(8, 3).min(0).optional(),
  size: t.json({ width: t.int().min(0), height: t.int().min(0), depth: t.int().min(0).optional() }).optional(),
  leadTime: t.duration().max("90d").optional(),
}, {
  expect: { rows: 20_000, growth: "40/day" }, index: [["category", "price"]],
  access: [{ role: staff, can: ["read", "list", "create", "update"] }, { role: customer, can: ["read", "list"] }],
  invariants: { "nothing is reserved that is not there": (row) => row.reserved.atMost(row.stock) },
});

export const <order>Item = { what: t.ref(<Stock>), quantity: t.int().min(1).max(1_000) };
export const <order>Line = { ...<order>Item, price: t.money("EUR") };
export const <Order> = <Context>.entity("<Order>", {
  id: t.id("<orderId>"), buyer: t.ref(<Person>).index(), lines: t.list(<order>Line).max(50), total: t.money("EUR").min(0),
  remark: t.text().max(500).optional(), placedAt: t.time().now(), wantedOn: t.date().optional(),<earlierField>
  status: t.state({ placed: ["confirmed", "cancelled"], confirmed: ["closed"], closed: [], cancelled: [] }),
}, {
  expect: { rows: 500_000, growth: "2000/day" },
  access: [
    { role: customer, can: ["read", "list"], where: (row, me) => row.buyer.eq(me.id) },
    { role: staff, can: ["read", "list"] },
  ],
  invariants: { "the total is the sum of the lines": (row) => row.total.eq(row.lines.sum((line) => line.price.times(line.quantity))) },
});

export const <Payment> = <Context>.entity("<Payment>", {
  id: t.id("<paymentId>"), order: t.ref(<Order>).unique(), payer: t.ref(<Person>).index(), reference: t.text().max(60).unique(),
  amount: t.money("EUR").min(0), fee: t.money("EUR").min(0).optional(), method: t.oneOf("card", "transfer", "debit").default("card"),
  madeAt: t.time().now(),
}, {
  access: [
    { role: customer, can: ["read", "list"], where: (row, me) => row.payer.eq(me.id) },
    { role: staff, can: ["read", "list"] },
  ],
  invariants: { "the fee is less than the amount": (row) => row.fee.isMissing().or(row.fee.below(row.amount)) },
});

export const <Note> = <Context>.entity("<Note>", {
  id: t.id("<noteId>"), about: t.ref(<Order>).index(), author: t.ref(<Person>).index().readonly(),
  text: t.text().min(1).max(4_000), editedAt: t.time().index(), tone: t.oneOf("neutral", "praise", "complaint").default("neutral"),
}, {
  access: [
    { role: customer, can: ["read", "list", "create", "delete"], where: (row, me) => row.author.eq(me.id) },
    { role: staff, can: ["read", "list"] },
  ],
});

export const <Booking> = <Context>.entity("<Booking>", {
  id: t.id("<bookingId>"), what: t.ref(<Stock>).index(), guest: t.ref(<Person>).index(), startsAt: t.time(), endsAt: t.time(),
  seats: t.int().min(1).max(200).default(1), notice: t.duration().min("15m").max("14d").default("24h"),
  status: t.state({ requested: ["confirmed", "refused"], confirmed: ["kept", "missed"], refused: [], kept: [], missed: [] }),
}, {
  index: [["what", "startsAt"]],
  access: [
    { role: customer, can: ["read", "list"], where: (row, me) => row.guest.eq(me.id) },
    { role: staff, can: ["read", "list"], where: (row) => row.status.ne("refused") },
  ],
  invariants: { "it ends after it starts": (row) => row.endsAt.above(row.startsAt) },
});

export const <Site> = <Context>.entity("<Site>", {
  id: t.id("<siteId>"), owner: t.ref(<Person>).index().readonly(), label: t.text().min(1).max(80),
  street: t.text().max(200).pii("contract", "90d"), city: t.text().max(100).pii("contract", "90d"),
  postcode: t.text().pattern(/[0-9A-Z -]{3,10}/).pii("contract", "90d"), country: t.oneOf("AT", "CH", "DE", "FR").default("DE"),
}, {
  access: [
    { role: customer, can: ["read", "list", "create", "update", "delete"], where: (row, me) => row.owner.eq(me.id) },
    { role: staff, can: ["read", "list"] },
  ],
});

export const <Document> = <Context>.entity("<Document>", {
  id: t.id("<documentId>"), order: t.ref(<Order>).index(), reader: t.ref(<Person>).index(), title: t.text().min(1).max(120),
  scan: t.file({ max: "5MB", types: ["application/pdf", "image/png"] }), key: t.secret().optional(), expiresOn: t.date().optional(),
}, {
  access: [
    { role: customer, can: ["read", "list"], where: (row, me) => row.reader.eq(me.id) },
    { role: staff, can: ["read", "list", "create", "update", "delete"] },
  ],
});

export const <Account> = <Context>.entity("<Account>", {
  id: t.id("<accountId>"), holder: t.ref(<Person>).unique(), orders: t.int().min(0).default(0), spent: t.money("EUR").min(0),
  rate: t.decimal(6, 4).min(0).default(decimal("1.0000")), countedAt: t.time().optional(),
  entries: t.list({ label: t.text().max(80), value: t.money("EUR"), on: t.date() }).max(200),
}, {
  access: [
    { role: customer, can: ["read"], where: (row, me) => row.holder.eq(me.id) },
    { role: staff, can: ["read", "list", "create"] },
  ],
  invariants: { "the entries are part of what was spent": (row) => row.spent.atLeast(row.entries.sum((entry) => entry.value)) },
});
`;
