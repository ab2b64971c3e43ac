import { context, integration, role, t, unknown, type Role } from "@archwright/model/language";
import { modelOf } from "../lint/testing.ts";

type Facts = NonNullable<Parameters<typeof modelOf>[1]>;
type Customer = Role<"customer", never>;

/** Orders take from a stock in their own transaction and are paid at a third party. New at each call, since contexts are filled as they are used. */
export function shopLike() {
  const customer = role("customer");
  const catalog = catalogOf(customer);
  const orders = ordersOf(customer, catalog);
  const payments = paymentsOf(customer, orders);
  const load = [
    { on: orders.placeOrder, mean: "8/s", peak: unknown("How strong is the busiest day?", "60/s", ["20/s", "400/s"]) },
  ] as const;
  return {
    customer,
    ...catalog,
    ...orders,
    ...payments,
    model: (facts: Facts = { load }) => modelOf([catalog.Catalog, orders.Orders, payments.Payments], facts),
  };
}

function catalogOf(customer: Customer) {
  const Catalog = context("catalog");
  const Product = Catalog.entity("Product", { id: t.id("prd"), name: t.text().max(200), stock: t.int().min(0) });
  const items = t.list({ product: t.ref(Product), quantity: t.int().min(1) }).max(50);
  const searchProducts = Catalog.query("searchProducts", {
    allow: [customer],
    returns: t.page(Product),
    body: ({ page }) => page(Product, { sort: "name" }),
  });
  const reserveStock = Catalog.command("reserveStock", {
    allow: "system",
    input: { items },
    body: ({ input, each, decrease }) => {
      each(input.items, ({ product, quantity }) => decrease(Product, product, { stock: quantity }));
    },
  });
  return { Catalog, items, searchProducts, reserveStock };
}

function ordersOf(customer: Customer, { items, reserveStock }: Pick<ReturnType<typeof catalogOf>, "items" | "reserveStock">) {
  const Orders = context("orders");
  const Order = Orders.entity("Order", { id: t.id("ord"), status: t.state({ open: ["paid"], paid: [] }) });
  const OrderPlaced = Orders.event("OrderPlaced", { order: t.ref(Order) });
  const placeOrder = Orders.command("placeOrder", {
    allow: [customer],
    input: { items },
    returns: Order,
    body: ({ input, atomic, create, emit }) => {
      atomic(reserveStock, { items: input.items });
      const order = create(Order, {});
      emit(OrderPlaced, { order: order.id });
      return order;
    },
  });
  const getOrder = Orders.query("getOrder", {
    allow: [customer],
    input: { order: t.ref(Order) },
    returns: Order,
    body: ({ input, get }) => get(Order, input.order),
  });
  const markPaid = Orders.command("markPaid", {
    allow: "system",
    input: { order: t.ref(Order) },
    body: ({ input, transition }) => {
      transition(Order, input.order, { status: "paid" });
    },
  });
  return { Orders, Order, placeOrder, getOrder, markPaid };
}

function paymentsOf(customer: Customer, { Orders, Order, getOrder, markPaid }: ReturnType<typeof ordersOf>) {
  const Bank = integration("bank", {
    calls: { charge: { p50: "250ms", p99: "900ms" } },
    webhooks: { charged: { order: t.ref(Order) } },
    verify: "signature",
    onFailure: { timeout: "2s", retries: 0, then: "fail" },
  });
  Orders.on(Bank.webhooks.charged, markPaid);
  const Payments = context("payments");
  const Payment = Payments.entity("Payment", { id: t.id("pay"), order: t.ref(Order) });
  Payments.command("startPayment", {
    allow: [customer],
    input: { order: t.ref(Order) },
    reads: [Payment],
    writes: [Payment],
    calls: [getOrder, Bank.charge],
    async handle() {},
  });
  return { Payments };
}
