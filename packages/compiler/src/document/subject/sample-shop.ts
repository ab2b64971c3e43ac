import type { Model } from "@archwright/model";
import { context, integration, role, t, unknown } from "@archwright/model/language";
import { modelOf } from "../../lint/testing.ts";

/** A small shop that meets every chapter: people, a bank and its webhook, events, a job, a file, promises, an open question. */
export function sampleShop(): Model {
  const { contexts, place } = parts();
  const open = unknown("How many orders come in the busiest second?", "40/s", ["10/s", "300/s"]);
  return modelOf(contexts, {
    team: 2,
    users: 20_000,
    budget: "400 EUR/month",
    availability: "99.9%",
    rpo: "5m",
    rto: "1h",
    region: "eu",
    comply: ["gdpr"],
    clients: ["web"],
    load: [{ on: place, mean: "4/s", peak: open }],
  });
}

function parts() {
  const { Identity, customer, staff, Orders, Order } = kept();
  const named = { order: t.ref(Order) };
  const addressed = { ...named, email: t.email().pii("contract", "90d") };
  const OrderPlaced = Orders.event("OrderPlaced", addressed);
  const Bank = integration("bank", {
    calls: {
      charge: { input: { ...named, payer: t.text().max(80).pii("contract", "90d") }, p50: "200ms", p99: "800ms", availability: "99.9%" },
    },
    webhooks: { "charge.settled": named },
    onFailure: { timeout: "7s", retries: 1, then: "fail" },
  });
  const uses = { reads: [Order], writes: [Order] };
  const place = Orders.command("placeOrder", {
    allow: [customer],
    idempotent: "required",
    slo: { p99: "400ms" },
    input: { note: t.text() },
    returns: Order,
    ...uses,
    emits: [OrderPlaced],
    handle: async () => ({}) as never,
  });
  Orders.command("pay", { allow: [customer], slo: { p99: "300ms" }, input: named, calls: [Bank.charge], async handle() {} });
  Orders.query("showOrders", {
    allow: [customer, staff],
    returns: t.page(Order),
    stale: "30s",
    body: ({ page }) => page(Order, { sort: "placedAt" }),
  });
  const settle = Orders.command("settle", { allow: "system", input: named, idempotent: "natural", ...uses, async handle() {} });
  const greet = Orders.command("greet", { allow: "system", input: addressed, async handle() {} });
  Orders.on(Bank.webhooks["charge.settled"], settle);
  Orders.on(OrderPlaced, greet);
  Orders.job("sweep", { cron: "0 3 * * *", zone: "Europe/Lisbon", body: ({ remove }) => remove(Order, (row) => row.status.eq("paid")) });
  return { contexts: [Identity, Orders] as const, place };
}

/** Who shops, and what is kept of it. */
function kept() {
  const Identity = context("identity", { owner: "shop" });
  const User = Identity.entity("User", {
    id: t.id("usr"),
    email: t.email().unique().pii("contract", "90d"),
    name: t.text().max(80).pii("contract", "90d"),
  });
  const customer = role("customer", User, { signUp: true });
  const staff = role("staff", User);
  Identity.access(User, [{ role: customer, can: ["read", "update"], where: (user, me) => user.id.eq(me.id) }]);
  const Orders = context("orders", { owner: "shop" });
  const Order = Orders.entity(
    "Order",
    { id: t.id("ord"), buyer: t.ref(User), note: t.text(), status: t.state({ open: ["paid"], paid: [] }), placedAt: t.time().now() },
    {
      access: [
        { role: customer, can: ["read", "list"], where: (order, me) => order.buyer.eq(me.id) },
        { role: staff, can: ["read", "list"] },
      ],
      expect: { rows: 100_000, growth: "4/s" },
    },
  );
  return { Identity, customer, staff, Orders, Order };
}
