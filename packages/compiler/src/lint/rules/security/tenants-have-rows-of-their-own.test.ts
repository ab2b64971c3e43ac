import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf } from "../../testing.ts";
import { tenantsHaveRowsOfTheirOwn } from "./tenants-have-rows-of-their-own.ts";

function ledger(facts: { tenant?: "company" } = {}) {
  const Ledger = context("ledger");
  const Company = Ledger.entity("Company", { id: t.id("com"), title: t.text().max(80) });
  const company = role("company", Company, { signUp: true });
  const fields = { id: t.id("inv"), company: t.ref(Company), note: t.text().max(80).optional() };
  const Invoice = Ledger.entity("Invoice", fields, facts);
  Ledger.access(Invoice, [{ role: company, can: ["read", "list", "create"], where: (invoice, me) => invoice.company.eq(me.id) }]);
  return [Ledger] as const;
}
const tenants = { count: 200 };

test("tenants of whom no entity knows are reported", () => {
  expect(findings(tenantsHaveRowsOfTheirOwn, modelOf(ledger(), { tenants }))).toMatchInlineSnapshot(`
    "warning[security/tenants-have-rows-of-their-own] at sample
      Tenants share sample, and no entity says whose its rows are.
      why: Nothing keeps the rows of one tenant from another, and no check can tell where that was forgotten.
      fix: Say \`tenant\` on the entities whose rows belong to one tenant, and name it in their access rules; or take \`tenants\` out."
  `);
});

test("an entity that names its tenant is accepted", () => {
  expect(findings(tenantsHaveRowsOfTheirOwn, modelOf(ledger({ tenant: "company" }), { tenants }))).toBe("");
});

test("tenants with a database each are accepted", () => {
  const pin = { tenancy: { choose: "database-per-tenant", because: "the law wants them apart" } } as const;
  expect(findings(tenantsHaveRowsOfTheirOwn, modelOf(ledger(), { tenants, pin }))).toBe("");
});
