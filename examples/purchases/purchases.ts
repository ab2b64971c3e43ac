import { context, t } from "archwright";
import { customer, findPlan, getPlan, Plan, setEntitlement, support, User } from "./entitlements.ts";
import { Apple, Google, store, Stripe, told, transaction } from "./stores.ts";

// purchases: what was bought where, as its store sees it
export const Purchases = context("purchases", { owner: "payments", domain: "core" });
export const Purchase = Purchases.entity("Purchase", {
  id: t.id("pur"), buyer: t.ref(User).readonly(), plan: t.ref(Plan).readonly(), store: store.readonly(), transaction: transaction.unique(),
  until: t.time(), toldAt: t.time(),
  status: t.state({ pending: ["active"], active: ["expired", "refunded"], expired: ["active", "refunded"], refunded: [] }),
}, {
  index: [["status", "until"]], expect: { rows: 1_100_000, growth: "1600/day" },
  access: [{ role: customer, can: ["read", "list"], where: (row, me) => row.buyer.eq(me.id) }, { role: support, can: ["read", "list"] }],
});
export const PurchaseMade = Purchases.event("PurchaseMade", { purchase: t.ref(Purchase), store });
export const PurchaseRefunded = Purchases.event("PurchaseRefunded", { purchase: t.ref(Purchase), buyer: t.ref(User) });
export const RenewalMissed = Purchases.event("RenewalMissed", { purchase: t.ref(Purchase) });

export const StoreNotification = Purchases.entity("StoreNotification", {
  id: t.id("ntf"), notification: t.text().max(120).unique(), transaction: transaction.index(), kind: t.oneOf("renewed", "expired", "refunded"),
  at: t.time(), receivedAt: t.time().now().index(),
}, { expect: { rows: 7_000_000, growth: "18000/day" }, access: [{ role: support, can: ["read", "list"] }] });
export const redeemPurchase = Purchases.command("redeemPurchase", {
  http: "POST /purchases", allow: [customer], input: { store: t.oneOf("apple", "google"), transaction }, returns: Purchase,
  reads: [Purchase], writes: [Purchase], calls: [findPlan, Apple.getAppleSubscription, Google.getGoogleSubscription], atomic: [setEntitlement],
  emits: [PurchaseMade], errors: { NotPaid: 402, SomebodyElses: 409 }, idempotent: "natural", slo: { p99: "4s", availability: "99.5%" },
  async handle({ input, me, db, calls, atomic, emit, fail }) {
    // What the app says is never believed: the store is asked, and its answer names the product.
    const ask = input.store === "apple" ? calls.getAppleSubscription : calls.getGoogleSubscription;
    const said = await ask({ transaction: input.transaction });
    if (said.ended || said.refunded) throw fail("NotPaid");
    const { id: plan } = await calls.findPlan({ product: said.product });
    const earlier = await db.Purchase.find({ where: (row) => row.transaction.eq(input.transaction) });
    if (earlier && earlier.buyer !== me.id) throw fail("SomebodyElses");
    if (earlier) return earlier;
    const made = await db.Purchase.create({ ...input, buyer: me.id, plan, until: said.until, toldAt: said.at });
    const purchase = await db.Purchase.transition(made.id, { status: "active" });
    await atomic.setEntitlement({ holder: me.id, plan, source: made.id, until: said.until });
    emit(PurchaseMade, { purchase: made.id, store: input.store });
    return purchase;
  },
});
export const acknowledge = Purchases.command("acknowledge", {
  allow: "system", input: { purchase: t.ref(Purchase) }, reads: [Purchase], calls: [Google.acknowledgePurchase], idempotent: "natural",
  async handle({ input, db, calls }) {
    const bought = await db.Purchase.get(input.purchase);
    if (bought.store === "google") await calls.acknowledgePurchase({ transaction: bought.transaction });
  },
});
export const buyOnline = Purchases.command("buyOnline", {
  http: "POST /purchases/online", allow: [customer], input: { plan: t.ref(Plan) }, returns: { clientSecret: t.text() },
  writes: [Purchase], calls: [getPlan, Stripe.createPaymentIntent], idempotent: "required", slo: { p99: "3s" },
  async handle({ input, me, now, db, calls }) {
    const plan = await calls.getPlan(input);
    const { intent, clientSecret } = await calls.createPaymentIntent({ plan: plan.id, amount: plan.price });
    await db.Purchase.create({ buyer: me.id, plan: plan.id, store: "stripe", transaction: intent, until: now, toldAt: now });
    return { clientSecret };
  },
});
export const activateOnline = Purchases.command("activateOnline", {
  allow: "system", input: { intent: transaction }, reads: [Purchase], writes: [Purchase], calls: [getPlan], atomic: [setEntitlement],
  emits: [PurchaseMade], idempotent: "natural",
  async handle({ input, now, db, calls, atomic, emit }) {
    const pending = await db.Purchase.find({ where: (row) => row.transaction.eq(input.intent) });
    if (pending?.status !== "pending") return;
    const { id: plan, days } = await calls.getPlan({ plan: pending.plan });
    const until = new Date(now.getTime() + days * 86_400_000);
    await db.Purchase.update(pending.id, { until, toldAt: now });
    await db.Purchase.transition(pending.id, { status: "active" });
    await atomic.setEntitlement({ holder: pending.buyer, plan, source: pending.id, until });
    emit(PurchaseMade, { purchase: pending.id, store: "stripe" });
  },
});
export const applyNotification = Purchases.command("applyNotification", {
  allow: "system", input: { ...told, kind: t.oneOf("renewed", "expired", "refunded") }, slo: { p99: "500ms" },
  reads: [StoreNotification, Purchase], writes: [StoreNotification, Purchase], atomic: [setEntitlement], emits: [PurchaseRefunded], idempotent: "natural",
  async handle({ input: { notification, kind, at, until, transaction: of }, now, db, atomic, emit }) {
    if (await db.StoreNotification.find({ where: (row) => row.notification.eq(notification) })) return;
    await db.StoreNotification.create({ notification, transaction: of, kind, at });
    const bought = await db.Purchase.find({ where: (row) => row.transaction.eq(of) });
    // The store may be faster than the app, which then redeems what the store says by then; and an older notification says nothing new.
    if (!bought || bought.status === "refunded" || bought.toldAt > at) return;
    const status = kind === "renewed" ? "active" : kind;
    if (bought.status !== status) await db.Purchase.transition(bought.id, { status });
    await db.Purchase.update(bought.id, { until, toldAt: at });
    await atomic.setEntitlement({ holder: bought.buyer, plan: bought.plan, source: bought.id, until: kind === "refunded" ? now : until });
    if (kind === "refunded") emit(PurchaseRefunded, { purchase: bought.id, buyer: bought.buyer });
  },
});
export const noteRefund = Purchases.command("noteRefund", {
  allow: "system", input: { intent: transaction }, reads: [Purchase], writes: [Purchase], atomic: [setEntitlement],
  emits: [PurchaseRefunded], idempotent: "natural",
  async handle({ input, now, db, atomic, emit }) {
    const bought = await db.Purchase.find({ where: (row) => row.transaction.eq(input.intent) });
    if (!bought || bought.status === "refunded") return;
    await db.Purchase.transition(bought.id, { status: "refunded" });
    await atomic.setEntitlement({ holder: bought.buyer, plan: bought.plan, source: bought.id, until: now });
    emit(PurchaseRefunded, { purchase: bought.id, buyer: bought.buyer });
  },
});
// Apple and Google give money back themselves; only what was paid online is ours to refund.
export const refundOnline = Purchases.command("refundOnline", {
  http: "POST /purchases/:purchase/refund", allow: [support], input: { purchase: t.ref(Purchase) }, errors: { NotOurs: 409 },
  reads: [Purchase], calls: [Stripe.createRefund], idempotent: "required", slo: { p99: "4s" },
  async handle({ input, db, calls, fail }) {
    const bought = await db.Purchase.get(input.purchase);
    if (bought.store !== "stripe" || bought.status === "pending") throw fail("NotOurs");
    await calls.createRefund({ intent: bought.transaction });
  },
});

// A renewal of which nothing is heard is asked for: a notification that never came must not end what was paid.
export const findSilentPurchases = Purchases.command("findSilentPurchases", {
  allow: "system", reads: [Purchase], emits: [RenewalMissed], idempotent: "natural",
  async handle({ now, db, emit }) {
    const silent = await db.Purchase.list({ where: (row) => row.status.eq("active").and(row.until.below(now)), sort: "until", limit: 200 });
    for (const { id } of silent) emit(RenewalMissed, { purchase: id });
  },
});
export const refreshPurchase = Purchases.command("refreshPurchase", {
  allow: "system", input: { purchase: t.ref(Purchase) }, reads: [Purchase], writes: [Purchase], atomic: [setEntitlement],
  calls: [Apple.getAppleSubscription, Google.getGoogleSubscription], idempotent: "natural",
  async handle({ input, db, calls, atomic }) {
    const bought = await db.Purchase.get(input.purchase);
    if (bought.status !== "active") return;
    const ask = bought.store === "apple" ? calls.getAppleSubscription : calls.getGoogleSubscription;
    const said = bought.store === "stripe" ? undefined : await ask({ transaction: bought.transaction });
    if (!said || said.ended) await db.Purchase.transition(bought.id, { status: "expired" });
    else {
      await db.Purchase.update(bought.id, { until: said.until, toldAt: said.at });
      await atomic.setEntitlement({ holder: bought.buyer, plan: bought.plan, source: bought.id, until: said.until });
    }
  },
});
Purchases.job("findSilent", { every: "15m", runs: findSilentPurchases });
Purchases.job("forgetNotifications", {
  cron: "30 3 * * *", zone: "UTC", body: ({ remove }) => remove(StoreNotification, (row) => row.receivedAt.olderThan("400d")),
});

Purchases.on(PurchaseMade, acknowledge, (event) => ({ purchase: event.purchase }));
Purchases.on(RenewalMissed, refreshPurchase);
Purchases.on(Apple.webhooks.DID_RENEW, applyNotification, (event) => ({ ...event, kind: "renewed" }));
Purchases.on(Apple.webhooks.EXPIRED, applyNotification, (event) => ({ ...event, kind: "expired" }));
Purchases.on(Apple.webhooks.REFUND, applyNotification, (event) => ({ ...event, kind: "refunded" }));
Purchases.on(Google.webhooks.SUBSCRIPTION_RENEWED, applyNotification, (event) => ({ ...event, kind: "renewed" }));
Purchases.on(Google.webhooks.SUBSCRIPTION_EXPIRED, applyNotification, (event) => ({ ...event, kind: "expired" }));
Purchases.on(Google.webhooks.SUBSCRIPTION_REVOKED, applyNotification, (event) => ({ ...event, kind: "refunded" }));
Purchases.on(Stripe.webhooks["payment_intent.succeeded"], activateOnline);
Purchases.on(Stripe.webhooks["charge.refunded"], noteRefund);
