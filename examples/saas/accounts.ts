import { context, role, t } from "archwright";

// accounts: an agency is a tenant. Its owner and its programs sign in as the agency, its people as themselves.
export const Accounts = context("accounts", { owner: "platform", domain: "generic" });
export const Agency = Accounts.entity("Agency", {
  id: t.id("agc"), name: t.text().min(1).max(120).pii("contract", "90d"), email: t.email().unique().pii("contract", "90d"),
  // An agency that comes from another program goes on with its numbers.
  lastInvoice: t.int().min(0).default(0),
}, { expect: { rows: 2_000, growth: "3/day" } });
export const agency = role("agency", Agency, { signUp: true });
Accounts.access(Agency, [{ role: agency, can: ["read", "update"], only: ["name", "email"], where: (row, me) => row.id.eq(me.id) }]);

export const Member = Accounts.entity("Member", {
  id: t.id("mbr"), agency: t.ref(Agency).readonly(), email: t.email().unique().pii("contract", "90d"), name: t.text().max(120).pii("contract", "90d"),
}, {
  tenant: "agency", expect: { rows: 60_000, growth: "60/day", most: 18_000 },
  access: [{ role: agency, can: ["read", "list", "update", "delete"], where: (row, me) => row.agency.eq(me.id) }],
});
export const member = role("member", Member);
export const MemberAdded = Accounts.event("MemberAdded", { member: t.ref(Member), agency: t.ref(Agency) });
export const addMember = Accounts.command("addMember", {
  http: "POST /members", allow: [agency], input: { email: t.email().pii("contract", "90d"), name: t.text().max(120).pii("contract", "90d") }, returns: Member,
  idempotent: "natural",
  body: ({ input, me, create, emit }) => {
    const added = create(Member, { agency: me.id, email: input.email, name: input.name });
    emit(MemberAdded, { member: added.id, agency: me.id });
    return added;
  },
});
// Numbers of invoices have no gaps, so those of one agency are given one after the other: the row that the largest tenant queues for.
export const takeInvoiceNumber = Accounts.command("takeInvoiceNumber", {
  allow: "system", input: { agency: t.ref(Agency) }, returns: { number: t.int() },
  body: ({ input, increase }) => ({ number: increase(Agency, input.agency, { lastInvoice: 1 }).lastInvoice }),
});
