import { context, integration, role, system, t, unknown } from "archwright";

// identity
export const Identity = context("identity", { owner: "platform", domain: "generic" });
export const User = Identity.entity("User", {
  id: t.id("usr"), email: t.email().unique().pii("contract", "90d"), name: t.text().max(120).pii("contract", "90d"),
});
export const customer = role("customer", User, { signUp: true }), staff = role("staff", User);
Identity.access(User, [{ role: customer, can: ["read", "update"], where: (user, me) => user.id.eq(me.id) }]);

// catalog
export const Catalog = context("catalog", { owner: "shop" });
export const Product = Catalog.entity("Product", {
  id: t.id("prd"), name: t.text().max(200).search(), price: t.money("EUR").min(0), stock: t.int().min(0),
}, { access: [{ role: staff, can: ["read", "list", "create", "update"] }] });

export const item = { product: t.ref(Product), quantity: t.int().min(1) };
export const line = { ...item, price: t.money("EUR") };

export const searchProducts = Catalog.query("searchProducts", {
  http: "GET /products", input: { words: t.text().max(80) }, returns: t.page(Product),
  body: ({ input, page }) => page(Product, { where: (product) => product.name.matches(input.words), sort: "name" }),
});

export const reserveStock = Catalog.command("reserveStock", {
  allow: "system", input: { items: t.list(item).max(50) }, returns: { lines: t.list(line) }, errors: { OutOfStock: 409 },
  body: ({ input, each, decrease, fail }) => ({
    lines: each(input.items, ({ product, quantity }) => {
      const { price } = decrease(Product, product, { stock: quantity }, fail("OutOfStock"));
      return { product, quantity, price };
    }),
  }),
});

// orders
export const Orders = context("orders", { owner: "shop", domain: "core" });
export const Order = Orders.entity("Order", {
  id: t.id("ord"),
  buyer: t.ref(User),
  lines: t.list(line),
  total: t.money("EUR"),
  placedAt: t.time().now(),
  status: t.state({ pending: ["paid", "cancelled"], paid: ["shipped", "refunded"], shipped: [], cancelled: [], refunded: [] }),
}, {
  access: [
    { role: customer, can: ["read", "list"], where: (order, me) => order.buyer.eq(me.id) },
    { role: staff, can: ["read", "list"] },
  ],
  invariants: { "the total is the sum of the lines": (order) => order.total.eq(order.lines.sum((l) => l.price.times(l.quantity))) },
});
export const OrderPlaced = Orders.event("OrderPlaced", { order: t.ref(Order), buyer: t.ref(User), total: t.money("EUR"), placedAt: t.time() });

export const placeOrder = Orders.command("placeOrder", {
  http: "POST /orders", allow: [customer], input: { items: t.list(item).min(1).max(50) }, returns: Order,
  idempotent: "required", slo: { p99: "400ms", availability: "99.9%" },
  body: ({ input, me, atomic, create, emit }) => {
    const { lines } = atomic(reserveStock, { items: input.items });
    const total = lines.sum((line) => line.price.times(line.quantity));
    const order = create(Order, { buyer: me.id, lines, total });
    emit(OrderPlaced, { order: order.id, buyer: me.id, total, placedAt: order.placedAt });
    return order;
  },
});
export const cancelOrder = Orders.command("cancelOrder", {
  http: "POST /orders/:order/cancel", allow: [customer], input: { order: t.ref(Order) }, returns: Order, errors: { TooLate: 409 },
  body: ({ input, transition, fail }) => transition(Order, input.order, { status: "cancelled" }, fail("TooLate")),
});
export const getOrder = Orders.query("getOrder", {
  http: "GET /orders/:order", allow: [customer, staff], input: { order: t.ref(Order) }, returns: Order,
  body: ({ input, get }) => get(Order, input.order),
});
export const markPaid = Orders.command("markPaid", {
  allow: "system", input: { order: t.ref(Order) },
  body: ({ input, transition }) => transition(Order, input.order, { status: "paid" }),
});

// payments
export const Stripe = integration("stripe", {
  calls: {
    createPaymentIntent: {
      input: { order: t.ref(Order), amount: t.money("EUR") }, returns: { intent: t.text(), clientSecret: t.text() },
      p50: "250ms", p99: "900ms", limit: "100/s", idempotencyKey: true,
    },
    cancelPaymentIntent: { input: { intent: t.text() }, p50: "200ms", p99: "800ms", idempotencyKey: true },
  },
  webhooks: { "payment_intent.succeeded": { order: t.ref(Order), amount: t.money("EUR") } },
  verify: "signature", holds: ["card number"],
  onFailure: { timeout: "2s", retries: 3, breaker: { open: "50%", over: "10s" }, then: "queue" },
});
export const Payments = context("payments", { owner: "shop" });
export const Payment = Payments.entity("Payment", { id: t.id("pay"), order: t.ref(Order).unique(), intent: t.text(), amount: t.money("EUR") });
export const startPayment = Payments.command("startPayment", {
  http: "POST /orders/:order/payment", allow: [customer], input: { order: t.ref(Order) }, returns: { clientSecret: t.text() },
  reads: [Payment], writes: [Payment], calls: [getOrder, Stripe.createPaymentIntent],
  errors: { AlreadyStarted: 409 }, idempotent: "required", slo: { p99: "400ms" },
  async handle({ input, db, calls, fail }) {
    const earlier = await db.Payment.find({ where: (payment) => payment.order.eq(input.order) });
    if (earlier) throw fail("AlreadyStarted");
    const { id, total } = await calls.getOrder({ order: input.order });
    const { intent, clientSecret } = await calls.createPaymentIntent({ order: id, amount: total });
    await db.Payment.create({ order: id, intent, amount: total });
    return { clientSecret };
  },
});
Orders.on(Stripe.webhooks["payment_intent.succeeded"], markPaid);

// notifications
export const Notifications = context("notifications");
export const confirmation = Notifications.message("orderConfirmation", {
  on: OrderPlaced, to: (event) => event.buyer, by: ["email", "push"], within: "1m",
  subject: "We have your order {order}", text: "Thank you. The total is {total}.",
});

export default system("shop", {
  contexts: [Identity, Catalog, Orders, Payments, Notifications],
  team: 3, budget: "600 EUR/month", region: "eu", comply: ["gdpr", "pci-saq-a"], availability: "99.9%", rpo: "5m", rto: "1h",
  load: [{ on: placeOrder, mean: "8/s", peak: unknown("How strong is the busiest day?", "60/s", ["20/s", "400/s"]) }],
  pin: { broker: { choose: "postgres-outbox", because: "team of 3, nobody on call for a broker" } },
});
