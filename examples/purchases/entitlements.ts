import { context, role, t } from "archwright";

// identity
export const Identity = context("identity", { owner: "app", domain: "generic" });
export const User = Identity.entity("User", { id: t.id("usr"), email: t.email().unique().pii("contract", "90d") }, {
  expect: { rows: 1_600_000, growth: "2500/day" },
});
export const customer = role("customer", User, { signUp: true }), support = role("support");
Identity.access(User, [
  { role: customer, can: ["read", "update", "delete"], where: (row, me) => row.id.eq(me.id) },
  { role: support, can: ["read", "list"] },
]);

// plans: one thing to buy, under the name that each store knows it by
export const Plans = context("plans", { owner: "app" });
export const Plan = Plans.entity("Plan", {
  id: t.id("pln"), name: t.text().max(80), days: t.int().min(1), price: t.money("EUR").min(0),
  appleProduct: t.text().max(100).unique(), googleProduct: t.text().max(100).unique(),
}, { expect: { rows: 12 }, access: [{ role: support, can: ["read", "list", "create", "update"] }] });
export const listPlans = Plans.query("listPlans", {
  http: "GET /plans", allow: "anyone", returns: t.page(Plan), slo: { p99: "150ms" }, stale: "10m",
  body: ({ page }) => page(Plan, { sort: "price" }),
});
export const getPlan = Plans.query("getPlan", {
  http: "GET /plans/:plan", allow: "anyone", input: { plan: t.ref(Plan) }, returns: Plan, body: ({ input, get }) => get(Plan, input.plan),
});
export const findPlan = Plans.query("findPlan", {
  http: "GET /plans/by-product", allow: [customer], input: { product: t.text().max(100) }, returns: Plan, reads: [Plan],
  errors: { UnknownProduct: 422 },
  async handle({ input: { product }, db, fail }) {
    const plan = await db.Plan.find({ where: (row) => row.appleProduct.eq(product).or(row.googleProduct.eq(product)) });
    if (!plan) throw fail("UnknownProduct");
    return plan;
  },
});

// entitlements: what a customer may use until when, whoever was paid. The app asks at every start.
export const Entitlements = context("entitlements", { owner: "app", domain: "core", availability: "99.95%" });
export const Entitlement = Entitlements.entity("Entitlement", {
  id: t.id("ent"), holder: t.ref(User).readonly(), plan: t.ref(Plan).readonly(), source: t.text().max(60).unique().readonly(), until: t.time(),
}, {
  index: [["holder", "until"]], expect: { rows: 900_000, growth: "1500/day" },
  access: [{ role: customer, can: ["read", "list"], where: (row, me) => row.holder.eq(me.id) }, { role: support, can: ["read", "list"] }],
});
export const getEntitlements = Entitlements.query("getEntitlements", {
  http: "GET /entitlements/mine", allow: [customer], returns: t.page(Entitlement), slo: { p99: "200ms", availability: "99.95%" },
  body: ({ me, now, page }) => page(Entitlement, { where: (row) => row.holder.eq(me.id).and(row.until.above(now)) }),
});
export const setEntitlement = Entitlements.command("setEntitlement", {
  allow: "system", input: { holder: t.ref(User), plan: t.ref(Plan), source: t.text().max(60), until: t.time() },
  writes: [Entitlement], idempotent: "natural",
  async handle({ input, db }) {
    const earlier = await db.Entitlement.find({ where: (row) => row.source.eq(input.source) });
    if (earlier) await db.Entitlement.update(earlier.id, { until: input.until });
    else await db.Entitlement.create(input);
  },
});
