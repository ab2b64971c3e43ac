// Written as an author would write them, with the slots of entity-texts.ts. `<Provider>` is the third party of the part.

export const eventTexts = `export const <Order>Placed = <Context>.event("<Order>Placed", {
  order: t.ref(<Order>), buyer: t.ref(<Person>), total: t.money("EUR"), placedAt: t.time(),
});
export const <Payment>Made = <Context>.event("<Payment>Made", {
  payment: t.ref(<Payment>), order: t.ref(<Order>), payer: t.ref(<Person>), amount: t.money("EUR"),
});
`;

/** Five commands whose body is data, and two queries. */
export const bodyTexts = `export const reserve<Stock> = <Context>.command("reserve<Stock>", {
  allow: "system", input: { items: t.list(<order>Item).min(1).max(50) }, returns: { lines: t.list(<order>Line) }, errors: { OutOfStock: 409 },
  body: ({ input, each, decrease, fail }) => ({
    lines: each(input.items, ({ what, quantity }) => {
      const { price } = decrease(<Stock>, what, { stock: quantity }, fail("OutOfStock"));
      return { what, quantity, price };
    }),
  }),
});
export const place<Order> = <Context>.command("place<Order>", {
  http: "POST /<orders>", allow: [customer], input: { items: t.list(<order>Item).min(1).max(50), remark: t.text().max(500).optional() },
  returns: <Order>, idempotent: "required", slo: { p99: "400ms", availability: "99.9%" },
  body: ({ input, me, atomic, create, emit }) => {
    const { lines } = atomic(reserve<Stock>, { items: input.items });
    const total = lines.sum((line) => line.price.times(line.quantity));
    const order = create(<Order>, { buyer: me.id, lines, total, remark: input.remark });
    emit(<Order>Placed, { order: order.id, buyer: me.id, total, placedAt: order.placedAt });
    return order;
  },
});
export const cancel<Order> = <Context>.command("cancel<Order>", {
  http: "POST /<orders>/:order/cancel", allow: [customer], input: { order: t.ref(<Order>) }, returns: <Order>, errors: { TooLate: 409 },
  body: ({ input, transition, fail }) => transition(<Order>, input.order, { status: "cancelled" }, fail("TooLate")),
});
export const edit<Note> = <Context>.command("edit<Note>", {
  http: "PATCH /<notes>/:note", allow: [customer], input: { note: t.ref(<Note>), text: t.text().min(1).max(4_000) }, returns: <Note>,
  body: ({ input, now, update }) => update(<Note>, input.note, { text: input.text, editedAt: now }),
});
export const request<Booking> = <Context>.command("request<Booking>", {
  http: "POST /<bookings>", allow: [customer], returns: <Booking>, errors: { TooEarly: 409 }, idempotent: "required",
  input: { what: t.ref(<Stock>), startsAt: t.time(), endsAt: t.time(), seats: t.int().min(1).max(200) },
  body: ({ input, me, now, require, create, fail }) => {
    require(input.startsAt.above(now), fail("TooEarly"));
    return create(<Booking>, { what: input.what, guest: me.id, startsAt: input.startsAt, endsAt: input.endsAt, seats: input.seats });
  },
});
export const search<Stock> = <Context>.query("search<Stock>", {
  http: "GET /<stocks>/search", allow: "anyone", input: { category: t.ref(<Category>) }, returns: t.page(<Stock>),
  body: ({ input, page }) => page(<Stock>, { where: (row) => row.category.eq(input.category).and(row.stock.above(0)), sort: "price", limit: 50 }),
});
export const get<Order> = <Context>.query("get<Order>", {
  http: "GET /<orders>/:order", allow: [customer, staff], input: { order: t.ref(<Order>) }, returns: <Order>,
  body: ({ input, get }) => get(<Order>, input.order),
});
`;

export const providerText = `export const <Provider> = integration("<provider>", {
  calls: {
    createCharge: {
      input: { reference: t.text().max(60), amount: t.money("EUR") }, returns: { charge: t.text(), fee: t.money("EUR") },
      p50: "80ms", p99: "300ms", limit: "200/s", idempotencyKey: true,
    },
    getRate: { input: { country: t.oneOf("AT", "CH", "DE", "FR") }, returns: { rate: t.decimal(6, 4) }, p50: "20ms", p99: "90ms" },
  },
  webhooks: { "charge.refused": { order: t.ref(<Order>), amount: t.money("EUR") } },
  verify: "signature", holds: ["card number"],
  onFailure: { timeout: "400ms", retries: 1, breaker: { open: "50%", over: "10s" }, then: "fail" },
});
`;

/** Five commands whose code is opaque. */
export const handlerTexts = `export const pay<Order> = <Context>.command("pay<Order>", {
  http: "POST /<orders>/:order/payment", allow: [customer], input: { order: t.ref(<Order>) }, returns: { payment: t.ref(<Payment>) },
  reads: [<Order>], writes: [<Payment>], calls: [<Provider>.createCharge], emits: [<Payment>Made],
  errors: { AlreadyPaid: 409 }, idempotent: "required", slo: { p99: "1s" },
  async handle({ input, me, db, calls, emit, fail }) {
    const earlier = await db.<Payment>.find({ where: (row) => row.order.eq(input.order) });
    if (earlier) throw fail("AlreadyPaid");
    const { id, total } = await db.<Order>.get(input.order);
    const { charge, fee } = await calls.createCharge({ reference: id, amount: total });
    const payment = await db.<Payment>.create({ order: id, payer: me.id, reference: charge, amount: total, fee });
    emit(<Payment>Made, { payment: payment.id, order: id, payer: me.id, amount: total });
    return { payment: payment.id };
  },
});
export const settle<Order> = <Context>.command("settle<Order>", {
  allow: "system", input: { order: t.ref(<Order>), amount: t.money("EUR") }, reads: [], writes: [<Order>], idempotent: "natural",
  async handle({ input, db }) {
    const { status, total } = await db.<Order>.get(input.order);
    if (status !== "placed") return;
    const isPaid = total.amount <= input.amount.amount;
    await db.<Order>.transition(input.order, { status: isPaid ? "confirmed" : "cancelled" });
  },
});
export const confirm<Booking> = <Context>.command("confirm<Booking>", {
  http: "POST /<bookings>/:booking/confirm", allow: [staff], input: { booking: t.ref(<Booking>) }, returns: <Booking>,
  reads: [<Stock>], writes: [<Booking>], errors: { Full: 409 }, idempotent: "natural",
  async handle({ input, db, fail }) {
    const booking = await db.<Booking>.get(input.booking);
    const { stock } = await db.<Stock>.get(booking.what);
    const others = await db.<Booking>.list({ where: (row) => row.what.eq(booking.what).and(row.status.eq("confirmed")), limit: 500 });
    const taken = others.reduce((sum, { seats }) => sum + seats, 0);
    if (taken + booking.seats > stock) throw fail("Full");
    return db.<Booking>.transition(booking.id, { status: "confirmed" });
  },
});
export const import<Category> = <Context>.command("import<Category>", {
  http: "POST /<categorys>/import", allow: [staff], returns: { made: t.int() }, writes: [<Category>], idempotent: "natural",
  input: { rows: t.list({ code: t.text().pattern(/[A-Z]{3}-[0-9]{2}/), title: t.text().min(1).max(80) }).max(200) },
  async handle({ input, db }) {
    let made = 0;
    for (const { code, title } of input.rows) {
      const known = await db.<Category>.find({ where: (row) => row.code.eq(code) });
      if (known) await db.<Category>.update(known.id, { title });
      else {
        await db.<Category>.create({ code, title });
        made += 1;
      }
    }
    return { made };
  },
});
export const count<Account> = <Context>.command("count<Account>", {
  allow: "system", input: { order: t.ref(<Order>), payer: t.ref(<Person>), amount: t.money("EUR") },
  reads: [<Order>], writes: [<Account>], calls: [<Provider>.getRate<earlierQuery>], idempotent: "natural",
  async handle({ input, now, db, calls }) {
    const account = await db.<Account>.find({ where: (row) => row.holder.eq(input.payer) });
    if (!account) return;
    const { rate } = await calls.getRate({ country: "DE" });<earlierCall>
    const orders = await db.<Order>.count({ where: (row) => row.buyer.eq(input.payer).and(row.status.ne("cancelled")) });
    await db.<Account>.update(account.id, { orders: orders<earlierCount>, rate, countedAt: now, spent: account.spent.plus(input.amount) });
  },
});
`;

export const reactionTexts = `<Context>.on(<Payment>Made, settle<Order>);
<Context>.on(<Payment>Made, count<Account>);
<Context>.message("<payment>Receipt", {
  on: <Payment>Made, to: (event) => event.payer, by: ["email"], within: "5m",
  subject: "We have your payment", text: "Thank you. We have {amount} from you.",
});
<Context>.job("forget<Note>", {
  cron: "0 3 * * *", zone: "Europe/Berlin", body: ({ remove }) => remove(<Note>, (row) => row.editedAt.olderThan("365d")),
});
`;

export const webhookText = `<Context>.on(<Provider>.webhooks["charge.refused"], settle<Order>);
`;
