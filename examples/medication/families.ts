import { context, integration, role, t } from "archwright";

// families: one account for a family, on all of its phones. Its people are profiles, not accounts.
export const Families = context("families", { owner: "app", domain: "generic" });
export const Family = Families.entity("Family", {
  id: t.id("fam"), email: t.email().unique().pii("contract", "30d"), name: t.text().min(1).max(80).pii("contract", "30d"),
  status: t.state({ active: ["erased"], erased: [] }),
}, { index: [["status"]], expect: { rows: 5_000, growth: "15/day" } });
export const family = role("family", Family, { signUp: true });
Families.access(Family, [{ role: family, can: ["read", "update"], only: ["name"], where: (row, me) => row.id.eq(me.id) }]);

export const FamilyErased = Families.event("FamilyErased", { family: t.ref(Family) });
export const eraseFamily = Families.command("eraseFamily", {
  http: "POST /families/mine/erase", allow: [family], errors: { AlreadyErased: 409 },
  body: ({ me, transition, emit, fail }) => {
    transition(Family, me.id, { status: "erased" }, fail("AlreadyErased"));
    emit(FamilyErased, { family: me.id });
  },
});

// Supabase keeps the sign-in and the database: the same rows that its policies guard are these, under the row-level security of this model.
export const Supabase = integration("supabase", {
  calls: { deleteUser: { input: { family: t.ref(Family) }, p50: "120ms", p99: "900ms", limit: "10/s", availability: "99.9%", idempotencyKey: true } },
  webhooks: { "user.deleted": { family: t.ref(Family) } },
  verify: "signature", holds: ["password", "session"], onFailure: { timeout: "3s", retries: 0, then: "fail" },
});
export const deleteSignIn = Families.command("deleteSignIn", {
  allow: "system", input: { family: t.ref(Family) }, calls: [Supabase.deleteUser], idempotent: "natural",
  handle: ({ input, calls }) => calls.deleteUser(input),
});
// Whoever deletes the account at Supabase means his data too.
export const eraseAfterSignIn = Families.command("eraseAfterSignIn", {
  allow: "system", input: { family: t.ref(Family) }, idempotent: "natural",
  reads: [Family], writes: [Family], emits: [FamilyErased],
  async handle({ input, db, emit }) {
    const { status } = await db.Family.get(input.family);
    // We have deleted it there ourselves, and are told of it.
    if (status === "erased") return;
    await db.Family.transition(input.family, { status: "erased" });
    emit(FamilyErased, { family: input.family });
  },
});
Families.on(FamilyErased, deleteSignIn);
Families.on(Supabase.webhooks["user.deleted"], eraseAfterSignIn);
Families.job("forgetFamilies", {
  cron: "15 3 * * *", zone: "Europe/Lisbon", body: ({ remove }) => remove(Family, (row) => row.status.eq("erased")),
});

/** What belongs to a family says so. */
export const own = { family: t.ref(Family).readonly() };
